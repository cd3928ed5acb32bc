// Sets the theme before the page is drawn, and lets the person choose another.
(() => {
  const root = document.documentElement;
  const known = ["auto", "light", "dark"];
  root.classList.add("hs-script");
  const stored = () => {
    try {
      return localStorage.getItem("headstamp-theme");
    } catch {
      return null;
    }
  };
  const apply = (choice) => {
    root.dataset.theme = known.includes(choice) ? choice : "auto";
    document.querySelectorAll("[data-theme-choice]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === root.dataset.theme));
    });
  };
  apply(stored());
  document.addEventListener("DOMContentLoaded", () => {
    apply(stored());
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-theme-choice]");
      if (!button) return;
      try {
        localStorage.setItem("headstamp-theme", button.dataset.themeChoice);
      } catch {
        // a private window: the choice lasts as long as the page
      }
      apply(button.dataset.themeChoice);
    });
  });
})();
