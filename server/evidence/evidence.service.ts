import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { gridScope } from '../access/grid-owner.js';
import { isPermitted } from '../access/policy.js';
import { hasRole, type Principal } from '../access/principal.js';
import { writableAmong } from '../access/rights.js';
import { recordChange } from '../audit/write.js';
import { DueService } from '../benefits/due.service.js';
import type {
  AddEvidence,
  AddEvidenceFile,
  BenefitEvidence,
  ChangeEvidence,
  EvidenceItem,
} from '../contract/evidence.js';
import { benefit, type AnyRecord } from '../contract/records.js';
import { lockOwner } from '../database/month-grid.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import type { Upload } from '../http/one-upload.js';
import { forbidden, invalidField, notFound, Problem } from '../http/problem.js';
import { RegisterService } from '../records/register.service.js';
import {
  archiveItem,
  contentOf,
  countItems,
  insertFile,
  insertItem,
  itemById,
  itemsOf,
  saidOf,
  twinOf,
  updateItem,
  type NewItem,
  type Stated,
} from './evidence.queries.js';
import { judgeFile } from './file-types.js';

/** More than anybody reads; a bound for what one benefit can store. */
const MOST_ITEMS = 200;

type Said = Omit<NewItem, 'id' | 'benefitId' | 'addedBy'>;

/** Texts, links and files that prove what a benefit realised. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    private readonly due: DueService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 for a benefit that is not there or out of sight */
  async list(who: Principal, ref: string): Promise<BenefitEvidence> {
    const owner = await this.register.read(benefit, who, ref);
    return {
      benefitCode: String(owner['code']),
      mayWrite: owner.archivedAt === null && (await mayWrite(this.source, who, owner.id)),
      items: await itemsOf(this.source, owner.id, await this.today()),
      said: await saidOf(this.source, owner.id),
    };
  }

  /** @throws Problem 404, 403, 409 where there are too many */
  async add(who: Principal, ref: string, given: AddEvidence): Promise<EvidenceItem> {
    const owner = await this.register.read(benefit, who, ref);
    const url = given.kind === 'link' ? new URL(given.url).href : null;
    const { kind, title } = given;
    return this.create(who, owner, { kind, title, note: given.note || null, url, ...reachOf(given), file: null });
  }

  /** Whether the person may add to this benefit at all, before a file is taken from them. @throws Problem 404, 403 */
  async refuseWriting(who: Principal, ref: string): Promise<void> {
    const owner = await this.register.read(benefit, who, ref);
    await refuseForeign(this.source, who, owner.id);
  }

  /** @throws Problem 404, 403, 409 with the item that holds this very file already, 422 for a file of another type */
  async addFile(who: Principal, ref: string, given: AddEvidenceFile, upload: Upload): Promise<EvidenceItem> {
    const owner = await this.register.read(benefit, who, ref);
    const judged = await judgeFile(upload.name, upload.content);
    if ('code' in judged) throw invalidField('/file', judged.code, judged.message);
    const sha256 = createHash('sha256').update(upload.content).digest('hex');
    const file = { name: upload.name, mediaType: judged.mediaType, bytes: upload.content.length, sha256 };
    const title = given.title || upload.name;
    const said = { kind: 'file' as const, title, note: given.note || null, url: null, ...reachOf(given), file };
    return this.create(who, owner, said, upload.content);
  }

  /**
   * @param version what If-Match named
   * @throws Problem 404, 403, 412 with the item as it is, 422
   */
  async change(who: Principal, id: string, version: number, given: ChangeEvidence): Promise<EvidenceItem> {
    return this.onItem(who, id, version, async (manager, owner, before, now) => {
      const stated: Stated = {
        title: given.title ?? before.title,
        note: given.note === undefined ? before.note : given.note || null,
        expiresOn: given.expiresOn === undefined ? before.expiresOn : given.expiresOn,
        ...monthsAfter(given, before),
      };
      if (before.kind === 'text' && stated.note === null)
        throw invalidField('/note', 'note.required', 'Write what proves the value.');
      if (!(await updateItem(manager, before, stated, now))) throw stale(before);
      const after = await this.read(manager, id);
      await this.record(manager, who, owner, 'changed', before, after);
      return after;
    });
  }

  /** Takes an item out of every list and figure; its file is kept, and served to nobody. @throws Problem 404, 403, 412 */
  async remove(who: Principal, id: string, version: number): Promise<void> {
    await this.onItem(who, id, version, async (manager, owner, before, now) => {
      if (!(await archiveItem(manager, before, now))) throw stale(before);
      await this.record(manager, who, owner, 'archived', before, null);
    });
  }

  /** @throws Problem 404 where it is not there, was removed, is no file, or is out of sight */
  async file(who: Principal, id: string): Promise<{ name: string; mediaType: string; content: Buffer }> {
    const found = await this.visible(who, id);
    const content = found.item.file && (await contentOf(this.source, id));
    if (!content) throw notFound();
    return { ...found.item.file!, content };
  }

  private async create(who: Principal, owner: AnyRecord, said: Said, content?: Buffer): Promise<EvidenceItem> {
    const id = uuidv7();
    return this.source.transaction(async (manager) => {
      await refuseForeign(manager, who, owner.id);
      await lockOwner(manager, 'benefits', owner.id);
      const twin = said.file && (await twinOf(manager, owner.id, said.file.sha256));
      if (twin) throw duplicate(await this.read(manager, twin));
      if ((await countItems(manager, owner.id)) >= MOST_ITEMS)
        throw new Problem(
          409,
          'conflict',
          `A benefit has at most ${MOST_ITEMS} items of evidence. Remove what proves nothing any more.`,
        );
      await insertItem(manager, { ...said, id, benefitId: owner.id, addedBy: who.email }, this.now());
      if (content) await insertFile(manager, id, content);
      const created = await this.read(manager, id);
      await this.record(manager, who, owner, 'created', null, created);
      return created;
    });
  }

  private async onItem<T>(
    who: Principal,
    id: string,
    version: number,
    work: (manager: EntityManager, owner: AnyRecord, before: EvidenceItem, now: string) => Promise<T>,
  ): Promise<T> {
    const { owner } = await this.visible(who, id);
    return this.source.transaction(async (manager) => {
      await refuseForeign(manager, who, owner.id);
      await lockOwner(manager, 'benefits', owner.id);
      const before = await this.read(manager, id);
      if (before.version !== version) throw stale(before);
      return work(manager, owner, before, this.now());
    });
  }

  private async visible(who: Principal, id: string): Promise<{ item: EvidenceItem; owner: AnyRecord }> {
    const found = await itemById(this.source, id, await this.today());
    if (!found) throw notFound();
    return { item: found.item, owner: await this.register.read(benefit, who, found.benefitId) };
  }

  private async read(manager: EntityManager, id: string): Promise<EvidenceItem> {
    const found = await itemById(manager, id, await this.today());
    if (!found) throw notFound();
    return found.item;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  private async today(): Promise<string> {
    return (await this.due.rules()).today;
  }

  private async record(
    manager: EntityManager,
    who: Principal,
    owner: AnyRecord,
    action: 'created' | 'changed' | 'archived',
    before: EvidenceItem | null,
    after: EvidenceItem | null,
  ): Promise<void> {
    const entry = {
      at: this.now(),
      actor: who.email,
      action,
      objectType: 'evidence_item',
      objectId: owner.id, // as the months of a benefit: its history is one
      objectCode: String(owner['code']),
      before: before && told(before),
      after: after && told(after),
    };
    await recordChange(manager, entry, [await gridScope(manager, 'benefit', owner.id)]);
  }
}

/** Finance proves what it confirms; managers prove what they report. */
const mayWrite = async (on: DataSource | EntityManager, who: Principal, benefitId: string): Promise<boolean> =>
  isPermitted(who, 'evidence.write') &&
  (hasRole(who, 'admin', 'finance') || (await writableAmong(on, who, 'benefit', [benefitId])).has(benefitId));

const refuseForeign = async (on: DataSource | EntityManager, who: Principal, benefitId: string): Promise<void> => {
  if (!(await mayWrite(on, who, benefitId)))
    throw forbidden('You may add and change evidence only in your own portfolio. Ask its manager.');
};

/** The months and the expiry of a new item; one month alone is both its first and its last. */
const reachOf = (given: Pick<AddEvidenceFile, 'fromMonth' | 'toMonth' | 'expiresOn'>) => ({
  fromMonth: given.fromMonth || null,
  toMonth: given.toMonth || given.fromMonth || null,
  expiresOn: given.expiresOn || null,
});

const monthsAfter = (given: ChangeEvidence, before: EvidenceItem): Pick<Stated, 'fromMonth' | 'toMonth'> => {
  const fromMonth = given.fromMonth === undefined ? before.fromMonth : given.fromMonth;
  const kept = given.fromMonth === null ? null : before.toMonth;
  const toMonth = (given.toMonth === undefined ? kept : given.toMonth) ?? fromMonth;
  if (fromMonth === null && toMonth !== null)
    throw invalidField('/fromMonth', 'field.custom', 'Name the first month, too.');
  if (fromMonth !== null && toMonth! < fromMonth)
    throw invalidField('/toMonth', 'field.custom', 'The last month lies before the first.');
  return { fromMonth, toMonth };
};

const duplicate = (item: EvidenceItem): Problem => {
  const detail = `This very file is there already, as "${item.title}". Change its months there instead.`;
  return new Problem(409, 'duplicate', detail, [{ pointer: '/file', code: 'file.duplicate', message: detail }], {
    item,
  });
};

/** What the audit keeps of an item: all that was said, and of a file its name and hash, never its content. */
const told = ({ file, isExpired: _expired, level: _level, ...item }: EvidenceItem): Record<string, unknown> => ({
  ...item,
  ...(file && { fileName: file.name, bytes: file.bytes, sha256: file.sha256 }),
});
