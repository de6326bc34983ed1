import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { readsOwnUnitsOnly } from '../../access/policy.js';
import type { Principal } from '../../access/principal.js';
import { canonicalJson } from '../../audit/write.js';
import type { ReviewDocument } from '../../contract/review.js';
import { etagOver } from '../../http/etag.js';
import { LOGGER } from '../../http/logger.js';
import { sha256Of } from '../../audit/sha256.js';
import { ReviewsService } from '../reviews.service.js';
import { documentText, recordTexts } from '../stored.queries.js';
import { PRODUCT_VERSION } from '../../version.js';
import { installedChromium, programStamp } from './chromium.js';
import { type MadeKind, type MadePack, packFileName } from './pack.js';
import { makeInThread } from './thread.js';
import type { Ordered } from './worker.js';

/** So many are made at once; the others wait in line, so that the machine answers people meanwhile. */
const AT_ONCE = 2;
/** Packs of frozen reviews that are kept: the same review gives the same bytes. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** What a file depends on beside its review: the version of the product, and of a PDF what makes it. */
const makerOf = (kind: MadeKind, chromium: string | null): string =>
  kind === 'pdf' ? `${PRODUCT_VERSION} ${chromium === null ? 'library' : programStamp(chromium)}` : PRODUCT_VERSION;

/** A pack that may be asked for, before it is made. */
export interface OfferedPack {
  readonly etag: string;
  readonly fileName: string;
  readonly make: () => Promise<MadePack>;
}

/** What is handed out of reviews: made from the document alone, each in a thread of its own. */
@Injectable()
export class PacksService {
  private readonly kept = new Map<string, MadePack>();
  private readonly making = new Map<string, Promise<MadePack>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(
    private readonly source: DataSource,
    private readonly reviews: ReviewsService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * The pack of a review that the person may read; of a draft, one that says on each page that it is none.
   * A stakeholder reads the document alone: the workbook then has no records.
   * @throws Problem 404
   */
  async offer(who: Principal, ref: string, kind: MadeKind): Promise<OfferedPack> {
    const row = await this.reviews.found(who, ref);
    const text = row.sha256 === null ? null : await documentText(this.source, row.id);
    const document =
      text === null ? (await this.reviews.read(who, ref)).document : (JSON.parse(text) as ReviewDocument);
    const content = text ?? canonicalJson(document);
    const sha256 = row.sha256 ?? sha256Of(content);
    const hasRecords = kind === 'xlsx' && text !== null && !readsOwnUnitsOnly(who);
    const chromium = kind === 'pdf' ? installedChromium() : null;
    const key = [sha256, kind, makerOf(kind, chromium), ...(hasRecords ? ['records'] : [])];
    return {
      etag: etagOver(...key),
      fileName: packFileName(document, kind),
      make: () =>
        this.made(key.join(' '), row.sha256 !== null, async () => ({
          ...{ kind, document: content, sha256, chromium },
          records: hasRecords
            ? (await recordTexts(this.source, row.id)).map(({ figure, records }) => [figure, records] as const)
            : [],
        })),
    };
  }

  /** One that is asked for twice is made once. */
  private async made(key: string, isFrozen: boolean, ordered: () => Promise<Ordered>): Promise<MadePack> {
    const known = this.kept.get(key) ?? this.making.get(key);
    if (known) return known;
    const making = this.inLine(async () => {
      const order = await ordered();
      const pack = await makeInThread(order, (message) =>
        this.logger.error({ pack: order.kind, message }, 'a pack was not made'),
      );
      if (pack.problem !== null)
        this.logger.warn({ pack: order.kind, problem: pack.problem }, 'the browser failed, a library made the PDF');
      return pack;
    });
    this.making.set(key, making);
    try {
      const pack = await making;
      if (isFrozen && pack.problem === null) this.keep(key, pack);
      return pack;
    } finally {
      this.making.delete(key);
    }
  }

  private async inLine<T>(task: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) await new Promise<void>((go) => this.waiting.push(go));
    else this.running += 1;
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      // The place goes to whoever waited longest.
      if (next) next();
      else this.running -= 1;
    }
  }

  private keep(key: string, pack: MadePack): void {
    this.kept.set(key, pack);
    let bytes = [...this.kept.values()].reduce((sum, each) => sum + each.bytes.length, 0);
    for (const [oldest, made] of [...this.kept]) {
      if (bytes <= KEPT_BYTES) break;
      this.kept.delete(oldest);
      bytes -= made.bytes.length;
    }
  }
}
