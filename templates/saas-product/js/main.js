(() => {
  const top = document.querySelector(".top");
  const toggle = document.querySelector(".top__toggle");
  const menu = document.querySelector("#menu");
  const periods = document.querySelectorAll(".period__button");
  const figures = document.querySelectorAll(".plan__figure");
  const questions = document.querySelectorAll(".faq__question");

  const setMenu = (open) => {
    menu.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!menu.classList.contains("is-open")));
  menu.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });

  const tint = () => top.classList.toggle("is-scrolled", window.scrollY > 40);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  periods.forEach((button) => {
    button.addEventListener("click", () => {
      const period = button.dataset.period;
      periods.forEach((other) => {
        other.classList.toggle("is-on", other === button);
        other.setAttribute("aria-pressed", String(other === button));
      });
      figures.forEach((figure) => {
        figure.textContent = figure.dataset[period];
      });
    });
  });

  const setAnswer = (question, open) => {
    question.setAttribute("aria-expanded", String(open));
    document.getElementById(question.getAttribute("aria-controls")).hidden = !open;
  };
  questions.forEach((question) => {
    question.addEventListener("click", () => {
      const open = question.getAttribute("aria-expanded") !== "true";
      questions.forEach((other) => setAnswer(other, other === question && open));
    });
  });

  document.querySelector("#ask").addEventListener("submit", (event) => event.preventDefault());
})();
