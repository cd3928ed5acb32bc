// What every page needs: parts that open on wide screens, menus that close, drafts of forms.
import { keepDrafts } from "./drafts.js";

keepDrafts();

// Written open, so that nothing is hidden from a browser without script; folded on a phone.
const wide = window.matchMedia("(min-width: 64em)");
const parts = [...document.querySelectorAll("details[data-wide]")];
const follow = () => parts.forEach((part) => {
  part.open = wide.matches || "keep" in part.dataset;
  part.dataset.followed = "";
});
wide.addEventListener("change", follow);
follow();

const closing = [...document.querySelectorAll("details[data-closes]")];
document.addEventListener("click", (event) => closing.forEach((part) => {
  if (part.open && !part.contains(event.target)) part.open = false;
}));
document.addEventListener("keydown", (event) => {
  const part = event.key === "Escape" && closing.find((one) => one.open);
  if (!part) return;
  part.open = false;
  part.querySelector("summary").focus();
});

// A refused form begins where it has to be mended.
document.querySelector(".usa-form-group--error :is(input, select, textarea)")?.focus();

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());

// A page that answers a form stands at the form's address; a reload should show the record.
const address = document.querySelector("meta[name=page-address]")?.content;
if (address && address !== location.pathname) history.replaceState(null, "", address);
