(() => {
  const crown = document.querySelector(".crown");
  const toggle = document.querySelector(".crown__toggle");
  const wings = document.querySelector("#wings");
  const slides = [...document.querySelectorAll(".slide")];
  const count = document.querySelector("#slide-count");
  const shots = [...document.querySelectorAll(".shot")];
  const picture = document.querySelector(".viewer__picture");
  const line = document.querySelector("#viewer-line");
  const guests = document.querySelector("#guests");
  let shown = 0;

  const setMenu = (open) => {
    wings.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!wings.classList.contains("is-open")));
  wings.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") setMenu(false);
  });

  const tint = () => crown.classList.toggle("is-scrolled", window.scrollY > 60);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  const show = (next) => {
    shown = (next + slides.length) % slides.length;
    slides.forEach((slide, at) => {
      slide.hidden = at !== shown;
    });
    count.textContent = `${shown + 1} of ${slides.length}`;
  };
  document.querySelector(".slides__next").addEventListener("click", () => show(shown + 1));
  document.querySelector(".slides__back").addEventListener("click", () => show(shown - 1));

  shots.forEach((shot) => {
    shot.addEventListener("click", (event) => {
      event.preventDefault();
      picture.src = shot.getAttribute("href");
      line.textContent = shot.dataset.line;
      shots.forEach((other) => other.classList.toggle("is-shown", other === shot));
    });
  });

  const change = (by) => {
    guests.textContent = String(Math.min(8, Math.max(1, Number(guests.textContent) + by)));
  };
  document.querySelector(".stepper__more").addEventListener("click", () => change(1));
  document.querySelector(".stepper__less").addEventListener("click", () => change(-1));

  document.querySelector("#booking").addEventListener("submit", (event) => event.preventDefault());
})();
