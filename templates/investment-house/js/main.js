(() => {
  const rail = document.querySelector(".rail");
  const button = document.querySelector(".rail__menu");
  const sheet = document.querySelector("#sheet");
  const switches = [...document.querySelectorAll(".switch__one")];
  const opener = document.querySelector(".fund__open");
  const note = document.querySelector("#note-1");

  const open = (wanted) => {
    sheet.classList.toggle("is-open", wanted);
    button.setAttribute("aria-expanded", String(wanted));
  };
  button.addEventListener("click", () => open(!sheet.classList.contains("is-open")));
  sheet.addEventListener("click", (event) => {
    if (event.target.closest("a")) open(false);
  });

  const move = () => rail.classList.toggle("is-moved", window.scrollY > 80);
  window.addEventListener("scroll", move, { passive: true });
  move();

  switches.forEach((one) => {
    one.addEventListener("click", () => {
      switches.forEach((other) => {
        other.classList.toggle("is-on", other === one);
        document.getElementById(other.dataset.table).hidden = other !== one;
      });
    });
  });

  opener.addEventListener("click", () => {
    note.hidden = !note.hidden;
    opener.setAttribute("aria-expanded", String(!note.hidden));
  });

  document.querySelector("#slip").addEventListener("submit", (event) => event.preventDefault());
})();
