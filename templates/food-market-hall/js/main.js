(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const press = (button, on) => button.setAttribute("aria-pressed", String(on));
  const pressed = (button) => button.getAttribute("aria-pressed") === "true";

  const bar = document.querySelector(".bar");
  const toggle = document.querySelector(".bar__toggle");
  const aisles = document.querySelector("#aisles");
  const setMenu = (open) => {
    aisles.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!aisles.classList.contains("is-open")));
  aisles.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });

  const tint = () => bar.classList.toggle("is-scrolled", window.scrollY > 60);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  const stalls = all(".stall");
  stalls.forEach((stall) => {
    stall.addEventListener("click", () => {
      stalls.forEach((other) => press(other, other === stall));
      document.querySelector("#stall-name").textContent = stall.dataset.name;
      document.querySelector("#stall-what").textContent = stall.dataset.what;
    });
  });

  const kinds = all(".kind");
  kinds.forEach((kind) => {
    kind.addEventListener("click", () => {
      const on = !pressed(kind);
      kinds.forEach((other) => press(other, other === kind && on));
      stalls.forEach((stall) => stall.classList.toggle("is-lit", on && stall.dataset.kind === kind.dataset.kind));
    });
  });

  all(".event__keep").forEach((keep) => {
    keep.addEventListener("click", () => {
      press(keep, !pressed(keep));
      const count = all(".event__keep").filter(pressed).length;
      document.querySelector("#kept").textContent = count ? `${count} kept for you` : "Nothing kept yet";
    });
  });

  all(".ask__q").forEach((question) => {
    question.addEventListener("click", () => {
      const answer = document.getElementById(question.getAttribute("aria-controls"));
      answer.hidden = !answer.hidden;
      question.setAttribute("aria-expanded", String(!answer.hidden));
    });
  });

  document.querySelector("#letter").addEventListener("submit", (event) => event.preventDefault());
})();
