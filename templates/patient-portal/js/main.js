(() => {
  const find = (selector) => document.querySelector(selector);
  const every = (selector) => [...document.querySelectorAll(selector)];
  const board = find(".board");
  const menu = find(".board__menu");
  const fold = find("#fold");

  const open = (wanted) => {
    fold.classList.toggle("is-open", wanted);
    menu.setAttribute("aria-expanded", String(wanted));
  };
  menu.addEventListener("click", () => open(!fold.classList.contains("is-open")));
  fold.addEventListener("click", (event) => {
    if (event.target.closest("a")) open(false);
  });

  const settle = () => board.classList.toggle("is-moving", window.scrollY > 40);
  window.addEventListener("scroll", settle, { passive: true });
  settle();

  const lights = find("#lights");
  lights.addEventListener("click", () => {
    const dim = document.documentElement.classList.toggle("is-dim");
    lights.setAttribute("aria-pressed", String(dim));
  });

  const signin = find("#signin");
  find(".board__sign").addEventListener("click", () => signin.showModal());
  find("#signin-close").addEventListener("click", () => signin.close());

  const slot = find("#finder-slot");
  const chips = every(".chip");
  chips.forEach((chip) => {
    chip.addEventListener("click", () => {
      slot.textContent = chip.dataset.free;
      chips.forEach((other) => other.classList.toggle("is-on", other === chip));
    });
  });

  const tabs = every(".tab");
  const choose = (tab) => {
    tabs.forEach((other) => {
      other.classList.toggle("is-on", other === tab);
      other.setAttribute("aria-selected", String(other === tab));
      document.getElementById(other.getAttribute("aria-controls")).hidden = other !== tab;
    });
  };
  tabs.forEach((tab, at) => {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const next = tabs[(at + by + tabs.length) % tabs.length];
      choose(next);
      next.focus();
    });
  });

  every(".question__ask").forEach((ask) => {
    ask.addEventListener("click", () => {
      const shut = ask.getAttribute("aria-expanded") === "true";
      ask.setAttribute("aria-expanded", String(!shut));
      document.getElementById(ask.getAttribute("aria-controls")).hidden = shut;
    });
  });

  every("#finder, #ask").forEach((form) => form.addEventListener("submit", (event) => event.preventDefault()));
})();
