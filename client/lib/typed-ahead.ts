/** Signs typed after a field was asked for and before it is there to take them: they are kept for it. */

/** After which nobody waits for the field any more, whatever became of it. */
const MOST_MS = 5_000;

let typed = '';
let ends: ReturnType<typeof setTimeout> | undefined;

const keep = (event: KeyboardEvent): void => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') return void typedAhead();
  if (event.key === 'Backspace') typed = typed.slice(0, -1);
  else if (event.key.length === 1) typed += event.key;
  else return;
  event.preventDefault();
  event.stopPropagation();
};

/** Keeps what is typed from now on from where the focus still is, until the field takes it. */
export function keepTyped(): void {
  typedAhead();
  document.addEventListener('keydown', keep, { capture: true });
  ends = setTimeout(typedAhead, MOST_MS);
}

/** What was typed meanwhile; from now on the field has the keys. */
export function typedAhead(): string {
  const kept = typed;
  typed = '';
  clearTimeout(ends);
  document.removeEventListener('keydown', keep, { capture: true });
  return kept;
}
