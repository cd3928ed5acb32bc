// Forms with files: drop them in, see how far they are, keep them when something goes wrong.
import { send } from "./sending.js";

const megabytes = (size) => (size / 1e6).toFixed(1);

function noteOf(form) {
  const note = document.createElement("div");
  note.setAttribute("role", "status");
  form.append(note);
  const paragraph = (className, ...parts) => {
    const text = document.createElement("p");
    text.className = className;
    text.append(...parts);
    return text;
  };
  return {
    clear() {
      note.className = "";
      note.replaceChildren();
    },
    say(sentence) {
      this.clear();
      note.append(paragraph("hs-small", sentence));
    },
    progress() {
      this.clear();
      const bar = document.createElement("progress");
      bar.className = "hs-progress";
      bar.max = 100;
      bar.setAttribute("aria-label", "Sent so far");
      const text = paragraph("hs-small", "Sending …");
      note.append(text, bar);
      return (loaded, total) => {
        bar.value = (100 * loaded) / total;
        text.textContent = loaded < total ? `${megabytes(loaded)} of ${megabytes(total)} MB sent` : "Sent; being stored …";
      };
    },
    refuse({ message, address }) {
      note.className = "usa-alert usa-alert--error usa-alert--slim";
      const body = document.createElement("div");
      body.className = "usa-alert__body";
      const link = document.createElement("a");
      Object.assign(link, { href: address || "", target: "_blank", rel: "noopener", textContent: "Sign in in a new tab" });
      body.append(paragraph("usa-alert__text", message, ...(address ? [" ", link] : [])));
      note.replaceChildren(body);
    },
  };
}

document.querySelectorAll("form[data-upload]").forEach((form) => {
  const field = form.querySelector("input[type=file]");
  const button = form.querySelector("button[type=submit]");
  const note = noteOf(form);
  ["dragover", "dragenter"].forEach((name) => field.addEventListener(name, () => field.classList.add("hs-over")));
  ["dragleave", "drop"].forEach((name) => field.addEventListener(name, () => field.classList.remove("hs-over")));
  field.addEventListener("change", () => {
    const names = [...field.files].map((file) => `${file.name} (${megabytes(file.size)} MB)`);
    const shown = names.slice(0, 10).join(", ") + (names.length > 10 ? ` and ${names.length - 10} more` : "");
    if (names.length) note.say(shown);
    else note.clear();
    if ("camera" in form.dataset && names.length) form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    if (!field.files.length) return;
    event.preventDefault();
    button.disabled = true;
    try {
      window.location.assign(await send(form, note.progress()));
    } catch (error) {
      button.disabled = false;
      note.refuse(error);
    }
  });
});
