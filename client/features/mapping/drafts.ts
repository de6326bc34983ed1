import { z } from 'zod';
import {
  importMapping,
  mappedImport,
  mappingTarget,
  type ImportMapping,
  type MappedImport,
} from '../../../server/contract/mapping.js';

/** What was matched and is not imported yet outlives a reload: in the browser, for each person apart, for the files sent last. */

export interface SheetDraft {
  mapping: ImportMapping;
  fixes: MappedImport['fixes'];
  leaveOut: MappedImport['leaveOut'];
  /** The saved mapping that it began with. */
  saved: { id: string; name: string } | null;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const { fixes, leaveOut } = mappedImport.shape;
/** What cannot be sent yet can be kept: nothing chosen. */
const anyMapping = importMapping.extend({ targets: z.array(mappingTarget) });
const sheetDraft = z.object({
  mapping: anyMapping,
  fixes,
  leaveOut,
  saved: z.object({ id: z.string(), name: z.string() }).nullable(),
});
const stored = z.object({ source: z.string(), sheets: z.record(z.string(), z.unknown()) });

const nameOf = (userId: string): string => `throughline.import.${userId}`;

function read(store: Store | null, userId: string): z.output<typeof stored> | null {
  try {
    const found = stored.safeParse(JSON.parse(store?.getItem(nameOf(userId)) ?? 'null'));
    return found.success ? found.data : null;
  } catch {
    return null;
  }
}

/** null where there is none, or none that can be read: another version of the product may have written it. */
export function readDraft(store: Store | null, userId: string, source: string, sheet: string): SheetDraft | null {
  const kept = read(store, userId);
  if (kept?.source !== source) return null;
  const found = sheetDraft.safeParse(kept.sheets[sheet]);
  return found.success ? found.data : null;
}

/** Keeps the draft of one sheet beside those of the other sheets of these files; drafts of other files are forgotten. */
export function writeDraft(
  store: Store | null,
  userId: string,
  source: string,
  sheet: string,
  draft: SheetDraft,
): void {
  const kept = read(store, userId);
  const others = kept?.source === source ? kept.sheets : {};
  try {
    store?.setItem(nameOf(userId), JSON.stringify({ source, sheets: { ...others, [sheet]: draft } }));
  } catch {
    // Storage is full or switched off: what was matched is still on the page.
  }
}
