// What was typed survives an expired session, a reload and a lost connection, in this tab and for
// the person who typed it alone.
const PREFIX = "headstamp-draft:";
const SENT = "headstamp-sent";
const NEVER = ["password", "file", "hidden", "submit", "button"];

const read = (key) => {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
};
const write = (key, value) => {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // no room: typing goes on
  }
};

const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
const typed = (form) => [...form.elements].filter((field) => field.name && !NEVER.includes(field.type));

// The values a record had when its form was opened go with the draft: a change that somebody else
// made meanwhile is then noticed by the server, which shows both versions.
const opened = (form) => {
  const hidden = [...form.querySelectorAll("input[type=hidden]")];
  const initial = hidden.filter((field) => field.name.startsWith("initial-"));
  return initial.length ? [...initial, ...hidden.filter((field) => field.name === "version")] : [];
};

function valuesOf(form) {
  const kept = {};
  typed(form).forEach((field) => {
    if (!isChoice(field)) kept[field.name] = [field.value];
    else kept[field.name] = [...(kept[field.name] ?? []), ...(field.checked ? [field.value] : [])];
  });
  return kept;
}

function put(form, values) {
  let changed = 0;
  typed(form).filter((field) => field.name in values).forEach((field) => {
    const before = isChoice(field) ? field.checked : field.value;
    const after = isChoice(field) ? values[field.name].includes(field.value) : values[field.name][0];
    if (before === after) return;
    if (isChoice(field)) field.checked = after;
    else field.value = after;
    const folded = field.closest("details:not([open])");
    if (folded) folded.open = true;
    changed += 1;
  });
  return changed;
}

function announce(form, discard) {
  const note = document.createElement("div");
  note.className = "usa-alert usa-alert--info usa-alert--slim";
  note.setAttribute("role", "status");
  const body = document.createElement("div");
  body.className = "usa-alert__body";
  const text = document.createElement("p");
  text.className = "usa-alert__text";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "usa-button usa-button--unstyled";
  button.textContent = "Discard it";
  button.addEventListener("click", () => {
    discard();
    note.remove();
  });
  text.append("What you had typed was kept. ", button);
  body.append(text);
  note.append(body);
  form.prepend(note);
}

function keep(form, owner) {
  const path = new URL(form.getAttribute("action") || "", location.href).pathname;
  const key = `${PREFIX}${owner}:${path}:${form.dataset.draft}`;
  const draft = read(key);
  const hidden = opened(form);
  if (draft && !form.querySelector(".usa-error-message")) {
    const before = { typed: valuesOf(form), opened: hidden.map((field) => field.value) };
    if (put(form, draft.typed)) {
      hidden.forEach((field) => { field.value = draft.opened[field.name] ?? field.value; });
      announce(form, () => {
        sessionStorage.removeItem(key);
        put(form, before.typed);
        hidden.forEach((field, i) => { field.value = before.opened[i]; });
      });
    }
  }
  form.addEventListener("input", () => write(key, {
    typed: valuesOf(form),
    opened: Object.fromEntries(hidden.map((field) => [field.name, field.value])),
  }));
  form.addEventListener("submit", () => write(SENT, key));
}

export function keepDrafts() {
  const owner = document.querySelector("meta[name=draft-owner]")?.content;
  const sent = read(SENT);
  if (sent && document.querySelector("[data-saved]")) sessionStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
  document.querySelectorAll("form[data-forget]").forEach((form) => form.addEventListener("submit", () => {
    Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => sessionStorage.removeItem(key));
  }));
  if (owner) document.querySelectorAll("form[data-draft]").forEach((form) => keep(form, owner));
}
