import * as yauzl from 'yauzl';
import { EVIDENCE_ENDINGS, type EvidenceEnding } from '../contract/evidence.js';

/** What a file is by its content, held against the ending of its name. Only what a person can look at is taken, and nothing that runs. */

const OFFICE = 'application/vnd.openxmlformats-officedocument';

export const MEDIA_TYPES: Readonly<Record<EvidenceEnding, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  docx: `${OFFICE}.wordprocessingml.document`,
  pptx: `${OFFICE}.presentationml.presentation`,
};

/** In words, for those who are refused. */
export const ALLOWED = 'PDF, PNG, JPEG, WebP, GIF, CSV, plain text, Excel (.xlsx), Word (.docx) or PowerPoint (.pptx)';

export type Judged = { readonly mediaType: string } | { readonly code: string; readonly message: string };

/**
 * The media type of a file, or why it is refused.
 *
 * @param name as the form gave it
 */
export const judgeFile = async (name: string, content: Buffer): Promise<Judged> => {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  const known = EVIDENCE_ENDINGS.find((each) => each === ending);
  if (!known)
    return {
      code: 'file.type',
      message: `${ending === undefined ? 'Files without an ending' : `.${ending.slice(0, 20)} files`} are not taken. Choose a file of one of these types: ${ALLOWED}.`,
    };
  const wrong = await wrongFor(known, content);
  return wrong === null ? { mediaType: MEDIA_TYPES[known] } : { code: 'file.content', message: wrong };
};

const startsWith = (content: Buffer, bytes: string, at = 0): boolean =>
  content.subarray(at, at + bytes.length).toString('latin1') === bytes;

const STARTS: Partial<Record<EvidenceEnding, (content: Buffer) => boolean>> = {
  pdf: (content) => startsWith(content, '%PDF-'),
  png: (content) => startsWith(content, '\x89PNG\r\n\x1a\n'),
  jpg: (content) => startsWith(content, '\xff\xd8\xff'),
  jpeg: (content) => startsWith(content, '\xff\xd8\xff'),
  webp: (content) => startsWith(content, 'RIFF') && startsWith(content, 'WEBP', 8),
  gif: (content) => startsWith(content, 'GIF87a') || startsWith(content, 'GIF89a'),
};

/** What is wrong with a file of this ending, as a sentence; null where nothing is. */
const wrongFor = async (ending: EvidenceEnding, content: Buffer): Promise<string | null> => {
  const isOther = `This is no ${ending.toUpperCase()} file, whatever its name says. Save it again as one of these types: ${ALLOWED}.`;
  const start = STARTS[ending];
  if (start) return start(content) ? null : isOther;
  return ending === 'csv' || ending === 'txt' ? wrongText(content) : wrongOffice(ending, content, isOther);
};

const wrongText = (content: Buffer): string | null => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return 'This is no text in UTF-8. Save it again as text in UTF-8.';
  }
  if (text.includes('\0')) return 'This is no plain text: it holds the NUL character. Save it again as text in UTF-8.';
  // Harmless as it is served, but not what it says it is.
  if (/^\s*<(?:[!?]|[a-z])/i.test(text))
    return `This is a web page, a drawing or XML, not plain text. Save it as one of these types: ${ALLOWED}.`;
  return null;
};

/** The content type of the main part, by which Office itself tells its files apart; files with macros have others. */
const MAIN_PART: Partial<Record<EvidenceEnding, string>> = {
  xlsx: `${OFFICE}.spreadsheetml.sheet.main+xml`,
  docx: `${OFFICE}.wordprocessingml.document.main+xml`,
  pptx: `${OFFICE}.presentationml.presentation.main+xml`,
};
const MOST_ENTRIES = 5_000;
/** The list of parts of a large workbook is a few ten thousand bytes. */
const MOST_TYPES_BYTES = 1024 * 1024;

const wrongOffice = async (ending: EvidenceEnding, content: Buffer, isOther: string): Promise<string | null> => {
  if (!startsWith(content, 'PK\x03\x04')) return isOther;
  try {
    const parts = await readParts(content);
    if (parts === null || !parts.types.includes(`"${MAIN_PART[ending]}"`)) return isOther;
    if (parts.hasMacros) return 'This file holds macros. Save it without them, or as PDF.';
    return null;
  } catch {
    return 'This file is damaged or protected with a password. Save it again without one.';
  }
};

/** The list of parts of an Office file; null where it has none. Nothing else is unpacked. */
const readParts = async (content: Buffer): Promise<{ types: string; hasMacros: boolean } | null> => {
  const zip = await yauzl.fromBufferPromise(content, { lazyEntries: true, validateEntrySizes: true });
  if (zip.entryCount > MOST_ENTRIES) throw new Error('too many entries');
  let types: string | null = null;
  let hasMacros = false;
  for await (const entry of zip.eachEntry()) {
    if (/vbaProject|macrosheets\/|\.(exe|dll|js|vbs|hta|bat|cmd|ps1)$/i.test(entry.fileName)) hasMacros = true;
    if (entry.fileName !== '[Content_Types].xml') continue;
    if (types !== null || entry.isEncrypted() || entry.uncompressedSize > MOST_TYPES_BYTES) throw new Error('unsafe');
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    types = Buffer.concat(chunks).toString('utf8');
  }
  return types === null ? null : { types, hasMacros: hasMacros || /macroEnabled/i.test(types) };
};
