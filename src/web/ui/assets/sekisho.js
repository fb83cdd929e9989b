// Progressive enhancement only: every action is also a link or a form.
const all = (selector) => [...document.querySelectorAll(selector)];
const release = document.querySelector('form[data-release]');

/** The release button says how many recipients will get the mail. */
const countChosen = () => {
  const button = release.querySelector('button[type=submit]');
  const chosen = release.querySelectorAll('input[value=send]:checked').length;
  button.textContent = chosen === 0 ? button.dataset.none : button.dataset.some.replace('{n}', String(chosen));
  button.classList.toggle('bad-o', chosen > 0);
};
if (release) {
  release.addEventListener('change', countChosen);
  countChosen();
}

for (const button of all('[data-fill]'))
  button.addEventListener('click', () => {
    const field = document.getElementById('why');
    field.value = button.dataset.fill;
    field.focus();
  });

// Enter on a choice would submit the form (HTML, implicit submission): sending takes the button.
release?.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.matches('input')) event.preventDefault();
});

// A second click must not send twice; the server guards with the version too.
for (const form of all('form[method=post]'))
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  });
addEventListener('pageshow', () => all('form[data-sent]').forEach((form) => delete form.dataset.sent));

// Keys move the focus; none of them decides.
const links = all('.row h3 a');
addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches('input,textarea,select')) return;
  const at = links.indexOf(document.activeElement);
  if (event.key === 'j') links[Math.min(at + 1, links.length - 1)]?.focus();
  if (event.key === 'k') links[Math.max(at - 1, 0)]?.focus();
  const target = event.key === 'r' ? document.getElementById('why') : event.key === 'a' ? release?.querySelector('input[type=radio]') : null;
  if (target) {
    event.preventDefault();
    target.focus();
  }
});

const undo = document.querySelector('[data-undo-seconds]');
if (undo) setTimeout(() => location.reload(), (Number(undo.dataset.undoSeconds) + 1) * 1000);
