/** Records that were opened from the palette in this tab; gone when it is closed or the person signs out. */

const MOST = 5;
const STORED = 'throughline.recent';

interface RecentRecord {
  type: string;
  code: string;
  name: string;
}

/** Newest first, as they were stored: whoever reads them checks their shape. */
export function recentRecords(): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '[]');
  } catch {
    return [];
  }
}

export function rememberRecord({ type, code, name }: RecentRecord): void {
  const known = recentRecords();
  const others = (Array.isArray(known) ? (known as RecentRecord[]) : []).filter(
    (record) => record.type !== type || record.code !== code,
  );
  try {
    sessionStorage.setItem(STORED, JSON.stringify([{ type, code, name }, ...others].slice(0, MOST)));
  } catch {
    // Storage is switched off: nothing is remembered.
  }
}

export function forgetRecords(): void {
  try {
    sessionStorage.removeItem(STORED);
  } catch {
    // Storage is switched off: nothing was remembered.
  }
}
