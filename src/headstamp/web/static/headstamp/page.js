// What every page needs: the menu open on wide screens, buttons that ask first, drafts of forms.
keepDrafts();

const menu = document.querySelector("[data-menu]");
if (menu) {
  const wide = window.matchMedia("(min-width: 64em)");
  const follow = () => { menu.open = wide.matches; };
  wide.addEventListener("change", follow);
  follow();
}

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.hs-person[open]").forEach((open) => {
    if (!open.contains(event.target)) open.open = false;
  });
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});

// What was typed survives an expired session, a reload and a lost connection, in this tab alone.
function keepDrafts() {
  const prefix = "headstamp-draft:";
  const owner = document.querySelector("meta[name=draft-owner]")?.content ?? "";
  const fields = (form) => [...form.elements].filter((field) => field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type));
  const read = (key) => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } };
  const last = read("headstamp-sent");
  if (last && document.querySelector("[data-saved]")) {
    sessionStorage.removeItem(last.key);
    sessionStorage.removeItem("headstamp-sent");
  }
  document.querySelectorAll("form[data-forget]").forEach((form) => form.addEventListener("submit", () => {
    Object.keys(sessionStorage).filter((key) => key.startsWith(prefix)).forEach((key) => sessionStorage.removeItem(key));
  }));
  document.querySelectorAll("form[data-draft]").forEach((form) => {
    const key = `${prefix}${owner}:${location.pathname}:${form.dataset.draft}`;
    const draft = read(key);
    if (draft && !form.querySelector(".usa-error-message")) {
      let restored = 0;
      fields(form).forEach((field) => {
        if (!(field.name in draft)) return;
        if (field.type === "checkbox" || field.type === "radio") {
          const checked = draft[field.name].includes(field.value);
          restored += checked !== field.checked;
          field.checked = checked;
        } else if (field.value !== draft[field.name][0]) {
          [field.value] = draft[field.name];
          restored += 1;
        }
      });
      if (restored) {
        const note = document.createElement("div");
        note.className = "usa-alert usa-alert--info usa-alert--slim";
        note.setAttribute("role", "status");
        note.innerHTML = "<div class=\"usa-alert__body\"><p class=\"usa-alert__text\">What you had typed was kept. <button type=\"button\" class=\"usa-button usa-button--unstyled\">Discard it</button></p></div>";
        note.querySelector("button").addEventListener("click", () => { sessionStorage.removeItem(key); form.reset(); note.remove(); });
        form.prepend(note);
      }
    }
    form.addEventListener("input", () => {
      const kept = {};
      fields(form).forEach((field) => {
        if (field.type === "checkbox" || field.type === "radio") {
          kept[field.name] = kept[field.name] ?? [];
          if (field.checked) kept[field.name].push(field.value);
        } else kept[field.name] = [field.value];
      });
      try { sessionStorage.setItem(key, JSON.stringify(kept)); } catch { /* no room: typing goes on */ }
    });
    form.addEventListener("submit", () => {
      try { sessionStorage.setItem("headstamp-sent", JSON.stringify({ key, path: location.pathname })); } catch { /* the same */ }
    });
  });
}
