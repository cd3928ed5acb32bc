// Sends a form from script: what was chosen or drawn stays on the page until the server has it.
const AWAY = /^\/(locked|notice|account)\//;

export class NotSent extends Error {
  constructor(sentence, address = "") {
    super(sentence);
    this.address = address; // where the person can do something about it
  }
}

const addressOf = (form) => new URL(form.getAttribute("action") || "", location.href);

function post(form, told) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", ({ loaded, total }) => told(loaded, total));
    request.addEventListener("load", () => done(request));
    request.addEventListener("error", () => failed(new NotSent("The connection broke, so nothing was stored. Send it again.")));
    request.open("POST", addressOf(form));
    request.setRequestHeader("X-Headstamp-Script", "1");
    request.send(new FormData(form));
  });
}

// After a new sign-in the page's token is stale; the same page holds the new one.
async function renewToken(form) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const field = form.querySelector("[name=csrfmiddlewaretoken]");
  const fresh = page.querySelector("[name=csrfmiddlewaretoken]");
  if (new URL(answer.url).pathname !== location.pathname || !fresh) throw ended(answer.url);
  field.value = fresh.value;
}

function ended(address) {
  return new NotSent(
    "Your session has ended or is locked, so nothing was stored. What you chose stays here: sign in again in another tab, then send it once more.",
    address,
  );
}

function refused(request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const told = [...page.querySelectorAll("[data-error], .usa-error-message, .usa-alert--error .usa-alert__text")]
    .map((one) => one.textContent.trim().replace(/\s+/g, " "));
  return new NotSent([...new Set(told)].join(" ") || `The server refused it (${request.status}).`);
}

// Resolves to the address of the page that follows.
export async function send(form, told = () => {}) {
  let request = await post(form, told);
  if (request.status === 403 && request.responseText.includes("data-stale")) {
    await renewToken(form);
    request = await post(form, told);
  }
  const next = request.getResponseHeader("X-Headstamp-Next");
  if (!next) throw refused(request);
  const address = new URL(next, location.href);
  if (AWAY.test(address.pathname)) throw ended(address.href);
  return address.href;
}
