// Which part of the page is the form. Part of the scripts that see: uses sections.js and those it uses.
const SEARCH = "[role=search], search";
const CHROME = "nav, header, footer, [role=navigation], [role=banner], [role=contentinfo]";

const fillable = (control) => (visible(control) || standsIn(control)) && isEditor(control);

/** All controls of a scope: what is in it, and for a form also what names it by its form attribute. */
const controlsOf = (scope) => {
  const inside = everything(scope, CONTROLS);
  if (tagOf(scope) !== "form") return is(scope, CONTROLS) ? [scope] : inside;
  const outside = query(rootOf(scope), CONTROLS).filter((control) => control.form === scope && !contains(scope, control));
  return outside.length ? [...inside, ...outside].sort((a, b) => (precedes(a, b) ? -1 : 1)) : inside;
};

const locatorOf = (scope) => {
  const id = attribute(scope, "id");
  if (id && query(rootOf(scope), `[id="${CSS.escape(id)}"]`).length === 1) return `id:${id}`;
  const tag = tagOf(scope);
  const same = query(document, tag);
  return same.includes(scope) ? (same.length > 1 ? `xpath:(//${tag})[${same.indexOf(scope) + 1}]` : `css:${tag}`) : tag;
};

const titleOf = (scope) => {
  const named = squeeze(ariaName(scope)[0]);
  const heading = named ? null : everything(scope, HEADINGS).find(visible);
  return named || (heading ? textOf(heading) : "") || (tagOf(scope) === "form" ? attribute(scope, "name") : "");
};

const describe = (scope) => ({ locator: locatorOf(scope), title: titleOf(scope), fields: groupFields(controlsOf(scope).filter(fillable)).length });

/** The page in a frame that was given as the form, where it may be looked into; else what was given. */
const pageIn = (scope) => (isFrame(scope) && framedBy(scope) && bodyOf(framedBy(scope))) || scope;

/** Frames of another origin that a person sees: nothing in them can be seen from here. */
const closedFrames = (scope) =>
  [...(is(scope, FRAMES) ? [scope] : []), ...everything(scope, FRAMES)].filter((frame) => !framedBy(frame) && visible(frame));

/** An open modal dialogue shuts out the rest of the page. */
const modalOf = () => everything(document, "dialog[open], [role=dialog][aria-modal=true], [role=alertdialog][aria-modal=true]")
  .filter((dialog) => visible(dialog) && (tagOf(dialog) !== "dialog" || is(dialog, ":modal"))).pop();

const searchLike = (form, fields) =>
  is(form, SEARCH) || ancestorsOf(form).some((e) => is(e, `${SEARCH}, ${CHROME}`)) || fields.length < 2 ||
  fields.every(([control]) => kindOf(control) === "search");

/** The page's main form as `{scope}`, or `{tie: [...]}` when several are equally good. */
const mainForm = () => {
  const within = modalOf() || rootElementOf(document);
  const forms = everything(within, "form, [role=form]")
    .map((form) => ({ form, fields: groupFields(controlsOf(form).filter(fillable)) }))
    .filter(({ fields }) => fields.length > 0);
  const page = modalOf() || everything(document, "main, [role=main]").find((e) => controlsOf(e).some(fillable)) || bodyOf(document);
  const real = forms.filter(({ form, fields }) => !searchLike(form, fields));
  const loose = controlsOf(page).filter((c) => fillable(c) && !forms.some(({ fields }) => fields.some((f) => f.includes(c))));
  if (!real.length && loose.length) return { scope: page };
  const candidates = real.length ? real : forms;
  if (!candidates.length) return { scope: page };
  const most = Math.max(...candidates.map(({ fields }) => fields.length));
  const best = candidates.filter(({ fields }) => fields.length === most);
  return best.length === 1 ? { scope: best[0].form } : { tie: best.map(({ form }) => describe(form)) };
};
