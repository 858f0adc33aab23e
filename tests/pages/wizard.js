// The wizard of the pages wizard_*: a fieldset a step. `window.mayGoOn(step)`, where a page has it, says whether Next leaves a step.
const steps = [...document.querySelectorAll("fieldset")];
const back = document.querySelector("#back"), next = document.querySelector("#next"), send = document.querySelector("#send");
let at = 0;
window.sent = 0;
window.pressed = [];
const show = () => {
  steps.forEach((step, index) => { step.hidden = index !== at; });
  back.hidden = at === 0;
  next.hidden = at === steps.length - 1;
  send.hidden = at < steps.length - 1;
};
next.onclick = () => {
  if (window.mayGoOn && !window.mayGoOn(at)) return;
  window.pressed.push(`next ${at + 1}`);
  at += 1;
  show();
};
back.onclick = () => { window.pressed.push("back"); at -= 1; show(); };
document.querySelector("form").onsubmit = (event) => {
  event.preventDefault();
  window.sent += 1;
  document.querySelector("[role=status]").textContent = "Thank you, your report was sent";
};
show();
