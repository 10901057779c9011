(() => {
  const strip = document.querySelector(".strip");
  const toggle = document.querySelector(".strip__toggle");
  const nav = document.querySelector("#main-nav");
  const hero = document.querySelector("#hero");
  const play = document.querySelector(".hero__play");
  const days = document.querySelectorAll(".days__day");

  const setMenu = (open) => {
    nav.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!nav.classList.contains("is-open")));
  nav.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });

  const tint = () => strip.classList.toggle("is-scrolled", window.scrollY > 60);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  play.addEventListener("click", () => {
    const playing = hero.classList.toggle("is-playing");
    play.setAttribute("aria-pressed", String(playing));
    play.textContent = playing ? "Hold the room" : "Play the room";
  });

  days.forEach((day) => {
    day.addEventListener("click", () => {
      days.forEach((other) => {
        other.classList.toggle("is-on", other === day);
        document.getElementById(other.dataset.day).hidden = other !== day;
      });
    });
  });

  document.querySelector("#join").addEventListener("submit", (event) => event.preventDefault());
})();
