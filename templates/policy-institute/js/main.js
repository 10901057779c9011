(() => {
  const gantry = document.querySelector(".gantry");
  const toggle = document.querySelector(".gantry__toggle");
  const signs = document.querySelector("#signs");
  const topics = [...document.querySelectorAll(".topic")];
  const briefs = [...document.querySelectorAll(".brief")];
  const units = [...document.querySelectorAll(".unit")];
  const values = [...document.querySelectorAll(".loss__value")];
  const notes = [...document.querySelectorAll(".footnotes li")];

  const setMenu = (open) => {
    signs.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!signs.classList.contains("is-open")));
  signs.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") setMenu(false);
  });

  const tint = () => gantry.classList.toggle("is-passed", window.scrollY > 60);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  const press = (buttons, chosen) => {
    buttons.forEach((button) => {
      button.classList.toggle("is-on", button === chosen);
      button.setAttribute("aria-pressed", String(button === chosen));
    });
  };
  topics.forEach((button) => {
    button.addEventListener("click", () => {
      press(topics, button);
      briefs.forEach((brief) => {
        brief.hidden = button.dataset.topic !== "all" && brief.dataset.topic !== button.dataset.topic;
      });
    });
  });
  units.forEach((button) => {
    button.addEventListener("click", () => {
      press(units, button);
      values.forEach((value) => {
        value.textContent = value.dataset[button.dataset.unit];
      });
    });
  });

  document.querySelectorAll("sup a").forEach((link) => {
    link.addEventListener("click", () => {
      notes.forEach((note) => note.classList.toggle("is-lit", `#${note.id}` === link.getAttribute("href")));
    });
  });

  document.querySelector("#question").addEventListener("submit", (event) => event.preventDefault());
})();
