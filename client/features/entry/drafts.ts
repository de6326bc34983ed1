import { FIELDS, type Edit, type Edits } from './staged';

/** What was entered and not saved outlives a reload and the end of a session: in the browser, for each person apart. */

export interface Draft {
  edits: Edits;
  reason: string;
  /** ISO instant of the last change. */
  at: string;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const nameOf = (userId: string): string => `throughline.entry.${userId}`;

/** null where there is none, or none that can be read. */
export function readDraft(store: Store | null, userId: string): Draft | null {
  try {
    const found: unknown = JSON.parse(store?.getItem(nameOf(userId)) ?? 'null');
    if (!isObject(found) || !isObject(found['edits']) || typeof found['at'] !== 'string') return null;
    const edits = Object.entries(found['edits']).filter((entry): entry is [string, Edit] => isEdit(entry[1]));
    if (edits.length === 0) return null;
    const reason = typeof found['reason'] === 'string' ? found['reason'] : '';
    return { edits: Object.fromEntries(edits), reason, at: found['at'] };
  } catch {
    return null;
  }
}

/** Keeps the draft, or forgets it where nothing is left of it. */
export function writeDraft(store: Store | null, userId: string, draft: Draft): void {
  try {
    if (Object.keys(draft.edits).length === 0) store?.removeItem(nameOf(userId));
    else store?.setItem(nameOf(userId), JSON.stringify(draft));
  } catch {
    // Storage is full or switched off: the edits are still on the page, which asks before it is left.
  }
}

/** null where storage is switched off. */
export function browserStore(): Store | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

/** Another version of the product may have written it. */
function isEdit(value: unknown): value is Edit {
  if (!isObject(value) || !isObject(value['base'])) return false;
  const { base } = value;
  return (
    ['benefit', 'month', 'name', 'unit', 'text'].every((name) => typeof value[name] === 'string') &&
    (FIELDS as readonly unknown[]).includes(value['field']) &&
    typeof value['isMoney'] === 'boolean' &&
    isTextOrNull(value['value']) &&
    isTextOrNull(value['problem']) &&
    isTextOrNull(base['value']) &&
    (base['version'] === null || typeof base['version'] === 'number')
  );
}
