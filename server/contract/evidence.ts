import { z } from 'zod';
import * as p from './primitives.js';

/** What proves the realised values of a benefit: texts, links and files, and the months that each of them proves. */

export const EVIDENCE_KINDS = ['text', 'link', 'file'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** A file has at most this many bytes. */
export const MOST_EVIDENCE_BYTES = 10 * 1024 * 1024;
/** Endings of the files that are taken; what a file holds must agree with its ending. */
export const EVIDENCE_ENDINGS = [
  ...(['pdf', 'png', 'jpg', 'jpeg', 'webp', 'gif'] as const),
  ...(['csv', 'txt', 'xlsx', 'docx', 'pptx'] as const),
] as const;
export type EvidenceEnding = (typeof EVIDENCE_ENDINGS)[number];

const title = p.text(300).refine((value) => value !== '', 'Say in a few words what it is.');
const note = p.text(4000).refine((value) => value !== '', 'Write what proves the value.');

/** http and https only, without a sign-in: whoever opens it goes there with their own. */
const url = z
  .string()
  .trim()
  .max(2000, 'At most 2000 characters.')
  .refine((value) => !/[\p{Cc}\p{Surrogate}\s]/u.test(value), 'An address has no spaces and no control characters.')
  .refine((value) => {
    if (!URL.canParse(value)) return false;
    const { protocol, username, password } = new URL(value);
    return /^https?:$/.test(protocol) && username === '' && password === '';
  }, 'Write the whole address, beginning with https:// or http://, without a user name.');

/** Which months it proves, and for how long; no month: it documents the benefit and proves none. One month alone may be said by `fromMonth`. */
const reach = {
  fromMonth: p.month.nullable().optional(),
  toMonth: p.month.nullable().optional(),
  /** The last day on which it counts. */
  expiresOn: p.date.nullable().optional(),
};

const hasFirst = (item: { fromMonth?: string | null | undefined; toMonth?: string | null | undefined }): boolean =>
  !item.toMonth || Boolean(item.fromMonth);
const inOrder = (item: { fromMonth?: string | null | undefined; toMonth?: string | null | undefined }): boolean =>
  !item.fromMonth || !item.toMonth || item.fromMonth <= item.toMonth;
const NO_FIRST = { path: ['fromMonth'], error: 'Name the first month, too.' };
const WRONG_ORDER = { path: ['toMonth'], error: 'The last month lies before the first.' };

export const addEvidence = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), title, note, ...reach }),
    z.strictObject({ kind: z.literal('link'), title, url, note: p.text(4000).nullable().optional(), ...reach }),
  ])
  .refine(hasFirst, NO_FIRST)
  .refine(inOrder, WRONG_ORDER)
  .meta({ id: 'AddEvidence' });
export type AddEvidence = z.infer<typeof addEvidence>;

/** What a form says beside its file; a blank title is the file's name. */
export const addEvidenceFile = z
  .strictObject({ title: p.text(300).optional(), note: p.text(4000).nullable().optional(), ...reach })
  .refine(hasFirst, NO_FIRST)
  .refine(inOrder, WRONG_ORDER);
export type AddEvidenceFile = z.infer<typeof addEvidenceFile>;

/** What was left out stays; the link and the file themselves do not change: add another, and remove this one. */
export const changeEvidence = z
  .strictObject({ title: title.optional(), note: p.text(4000).nullable().optional(), ...reach })
  .meta({ id: 'ChangeEvidence' });
export type ChangeEvidence = z.infer<typeof changeEvidence>;

export const evidenceItem = z
  .object({
    id: p.id,
    version: z.number().int(),
    kind: z.enum(EVIDENCE_KINDS),
    title: z.string(),
    note: z.string().nullable(),
    url: z.string().nullable(),
    fromMonth: z.string().nullable(),
    toMonth: z.string().nullable(),
    expiresOn: z.string().nullable(),
    /** Its last day is over: it proves nothing any more. */
    isExpired: z.boolean(),
    /** The level that it gives its months today: 0 where it names none or is expired, 3 where finance confirmed all realised values in them. */
    level: z.union([z.literal(0), z.literal(2), z.literal(3)]),
    addedBy: z.string(),
    addedAt: z.string(),
    file: z.object({ name: z.string(), mediaType: z.string(), bytes: z.number().int(), sha256: z.string() }).nullable(),
  })
  .meta({ id: 'EvidenceItem' });
export type EvidenceItem = z.infer<typeof evidenceItem>;

export const benefitEvidence = z
  .object({
    benefitCode: z.string(),
    /** Whether the reader may add, change and remove items. */
    mayWrite: z.boolean(),
    /** The latest first; removed items are left out. */
    items: z.array(evidenceItem),
    /** What was said with the values themselves: months in a row with the same words stand together. */
    said: z.array(z.object({ fromMonth: z.string(), toMonth: z.string(), text: z.string() })),
  })
  .meta({ id: 'BenefitEvidence' });
export type BenefitEvidence = z.infer<typeof benefitEvidence>;
