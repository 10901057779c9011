(() => {
  const bar = document.querySelector(".bar");
  const button = document.querySelector(".bar__menu");
  const menu = document.querySelector("#menu");
  const line = document.querySelector("#prompt-line");
  const chips = [...document.querySelectorAll(".chip")];

  const open = (wanted) => {
    menu.classList.toggle("is-open", wanted);
    button.setAttribute("aria-expanded", String(wanted));
  };
  button.addEventListener("click", () => open(!menu.classList.contains("is-open")));
  menu.addEventListener("click", (event) => {
    if (event.target.closest("a")) open(false);
  });

  const settle = () => bar.classList.toggle("is-down", window.scrollY > 40);
  window.addEventListener("scroll", settle, { passive: true });
  settle();

  chips.forEach((chip) => {
    chip.addEventListener("click", () => {
      line.textContent = chip.dataset.line;
      chips.forEach((other) => other.classList.toggle("is-on", other === chip));
    });
  });

  document.querySelector("#ask").addEventListener("submit", (event) => event.preventDefault());
})();
