/**
 * Rows of the outline that stand otherwise than at first, as the address keeps them: `EX-INV-01.EX-INI-03_-EX-INV-02`. A row is named by the codes
 * on the way to it, parted by dots; one that is shut has a minus in front; rows are parted by underscores. Pure.
 */

const LAYER = /^(?:investment|initiative|capability|outcome|benefit):/;

/** Signs that part names, and those that would not stand in an address as they are. */
const encoded = (code: string): string =>
  encodeURIComponent(code).replaceAll(/[._~!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** The short name of a row: of a way of records their codes, of a group its own name. */
export const shortKey = (key: string): string =>
  key
    .split(/\/(?=(?:investment|initiative|capability|outcome|benefit):|rest$|more$)/)
    .map((step) => (LAYER.test(step) ? encoded(step.replace(LAYER, '')) : `*${encoded(step)}`))
    .join('.');

/** By short name: whether the row is open. */
export function readTurned(text: string | undefined): ReadonlyMap<string, boolean> {
  const names = (text ?? '').split('_').filter((name) => name !== '');
  return new Map(names.map((name) => (name.startsWith('-') ? [name.slice(1), false] : [name, true])));
}

/** @param isOpen undefined where the row stands as at first again */
export function withTurned(text: string | undefined, key: string, isOpen: boolean | undefined): string | undefined {
  const turned = new Map(readTurned(text));
  const name = shortKey(key);
  if (isOpen === undefined) turned.delete(name);
  else turned.set(name, isOpen);
  const names = [...turned].map(([each, open]) => (open ? each : `-${each}`));
  return names.length === 0 ? undefined : names.join('_');
}
