// Forms with files: drop them in, see how far they are, keep the form when something goes wrong.
document.querySelectorAll("form[data-upload]").forEach((form) => {
  const field = form.querySelector("input[type=file]");
  const button = form.querySelector("button[type=submit]");
  const note = document.createElement("div");
  note.setAttribute("role", "status");
  form.append(note);
  const say = (sentence, kind) => {
    note.className = kind ? `usa-alert usa-alert--${kind} usa-alert--slim` : "";
    note.replaceChildren();
    if (!sentence) return;
    const text = document.createElement("p");
    text.className = kind ? "usa-alert__text" : "";
    text.textContent = sentence;
    const body = document.createElement("div");
    if (kind) body.className = "usa-alert__body";
    body.append(text);
    note.append(body);
  };
  ["dragover", "dragenter"].forEach((name) => field.addEventListener(name, () => field.classList.add("hs-over")));
  ["dragleave", "drop"].forEach((name) => field.addEventListener(name, () => field.classList.remove("hs-over")));
  const size = (files) => [...files].reduce((sum, file) => sum + file.size, 0);
  field.addEventListener("change", () => {
    const names = [...field.files].map((file) => `${file.name} (${(file.size / 1e6).toFixed(1)} MB)`);
    say(names.slice(0, 10).join(", ") + (names.length > 10 ? ` and ${names.length - 10} more` : ""));
  });
  form.addEventListener("submit", (event) => {
    if (!field.files.length || !window.XMLHttpRequest) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    const bar = document.createElement("progress");
    bar.className = "hs-progress";
    bar.max = 100;
    bar.setAttribute("aria-label", "Sent so far");
    say("");
    note.append(bar);
    button.disabled = true;
    const failed = (sentence) => { button.disabled = false; say(sentence, "error"); };
    request.upload.addEventListener("progress", ({ loaded, total }) => { bar.value = (100 * loaded) / total; });
    request.addEventListener("error", () => failed("The connection broke, so nothing was stored. The files are still chosen; send them again."));
    request.addEventListener("load", () => {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const told = page.querySelector("[data-error], .usa-error-message, .usa-alert--error .usa-alert__text");
      if (request.status >= 400) { failed(told ? told.textContent.trim() : `The server refused the files (${request.status}).`); return; }
      window.location.assign(request.responseURL);
    });
    request.open("POST", form.action);
    request.setRequestHeader("X-Headstamp-Upload", `${size(field.files)}`);
    request.send(new FormData(form));
  });
});
