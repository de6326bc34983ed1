import type { Restatement, RestatedFigure } from '../../server/contract/review-after.js';
import type { ReviewColumns } from '../../server/contract/review-columns.js';
import type { Review, ReviewDocument, ReviewTable } from '../../server/contract/review.js';
import { addFractions, minus, ZERO, type Fraction } from '../../server/core/exact-amounts.js';
import { fractionOf } from '../../server/core/benefit-status.js';
import type { Api } from './harness.js';

let keys = 0;

/** Drafts and freezes the review of a quarter, whatever its checklist says. */
export const frozenReview = async (api: Api, period: string): Promise<Review> => {
  const cio = api.as('cio');
  const made = await cio.post('/reviews', { period });
  if (made.status !== 201) throw new Error(made.text);
  const frozen = await cio.post(
    `/reviews/${made.body.id}/freeze`,
    { reason: 'Agreed in the review.', contentSha256: made.body.contentSha256 },
    { 'if-match': made.headers.get('etag')!, 'idempotency-key': `freeze ${(keys += 1)}` },
  );
  if (frozen.status !== 200) throw new Error(frozen.text);
  return frozen.body as Review;
};

/** The same, published. */
export const publishedReview = async (api: Api, period: string): Promise<Review> => {
  const { id, version } = await frozenReview(api, period);
  const reply = await api.as('cio').post(`/reviews/${id}/publish`, {}, { 'if-match': `"v${version}"` });
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body as Review;
};

/** Passes a percentage point less over so many links, with a reason: what was frozen before is restated by them. */
export const changedLinks = async (api: Api, count: number, reason: string): Promise<void> => {
  const links = await api.sql<{ id: string }>(
    `select id from links where allocation > 1 order by id limit ${Math.trunc(count)}`,
  );
  for (const { id } of links) {
    const path = `/links/${id}`;
    const { headers, body } = await api.as('admin').get(path);
    const asked = { 'if-match': headers.get('etag')!, 'change-reason': reason };
    const reply = await api.as('admin').patch(path, { allocation: String(Number(body.allocation) - 1) }, asked);
    if (reply.status !== 200) throw new Error(reply.text);
  }
};

/** What is true today of a frozen review, of all of its figures or of those named. */
export const restatementOf = async (api: Api, id: string, figures: readonly string[] = []): Promise<Restatement> => {
  const asked = new URLSearchParams(figures.map((key) => ['figure', key]));
  const reply = await api.as('cio').get(`/reviews/${id}/restatement?${asked}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body as Restatement;
};

/** What stands in the place of its tables and drawings in the other two columns. */
export const columnsOf = async (api: Api, id: string): Promise<ReviewColumns> => {
  const reply = await api.as('cio').get(`/reviews/${id}/columns`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body as ReviewColumns;
};

const exact = (value: string | null | undefined): Fraction | null => (value ? fractionOf(value) : null);

/** Figures whose bridge does not add up, exactly, to today − frozen. */
export const brokenBridges = ({ figures }: Restatement): RestatedFigure[] =>
  figures.filter(({ frozen, today, restatement, isRestated, bridge }) => {
    const [from, to, told] = [exact(frozen.value), exact(today.value), exact(restatement?.value)];
    if (!isRestated) return bridge !== null || (frozen.value === null) !== (today.value === null);
    if (bridge === null) return true;
    if (from === null || to === null)
      return restatement !== null || bridge.some(({ effect }) => effect.value !== null) || bridge.length === 0;
    const effects = bridge.reduce((sum, { effect }) => addFractions(sum, exact(effect.value)!), ZERO);
    const whole = minus(to, from);
    return minus(effects, whole).n !== 0n || told === null || minus(told, whole).n !== 0n;
  });

/** What a tampering draws all its choices from: a number from 0 to below the given one. */
export type Draw = (below: number) => number;
/** One character of a text becomes another one, one goes, or one comes. */
export const flipped = (text: string, draw: Draw): string => {
  const at = draw(text.length);
  const sign = '0123456789abcxyz "'.charAt(draw(18));
  const now = [
    text.slice(0, at) + sign + text.slice(at + 1),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + sign + text.slice(at),
  ][draw(3)]!;
  return now === text ? `${text} ` : now;
};

/** A table of a document, which has it. */
export const tableOf = ({ sections }: ReviewDocument, section: string, table: string): ReviewTable =>
  sections.find(({ id }) => id === section)!.tables.find(({ id }) => id === table)!;
