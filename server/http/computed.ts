import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { canonicalJson } from '../audit/write.js';
import type { Principal } from '../access/principal.js';
import { inSnapshot } from '../database/snapshot.js';
import { CLOCK, type Clock } from './clock.js';
import { etagOver, isNotModified } from './etag.js';
import { settle, type Asked, type Reading } from './reading.js';

/** Bodies are dropped, the longest unread first, when together they take more than this. */
const STORED_BYTES = 64 * 1024 * 1024;
/** Part of every ETag. Raise it when the shape of any stored body changes, so that no client keeps an old one. */
const SHAPE = '11';

/** Computes a body as JSON, text or UTF-8, from one state of the database. */
export type Compute = (manager: EntityManager, reading: Reading) => Promise<string | Buffer>;

interface Body {
  etag: string;
  bytes: Buffer;
}

/**
 * Answers of computed figures. An answer is made once for each state of data and settings, question and visibility, kept as bytes, and found
 * again by its ETag; who has it already gets a 304 for the price of one small query. The same question asked while it is computed waits for it.
 */
@Injectable()
export class ComputedBodies {
  private readonly stored = new Map<string, Buffer>();
  private storedBytes = 0;
  private readonly running = new Map<string, Promise<Body>>();

  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Writes the answer to `response`.
   *
   * @param route the path with its parameters, without the query
   * @param asked the checked query; period and scope are settled here
   * @throws Problem 404 for a scope that is not there or not visible, and whatever `compute` throws
   */
  async answer(
    http: { request: Request; response: Response },
    who: Principal,
    route: string,
    asked: Asked & Readonly<Record<string, unknown>>,
    compute: Compute,
  ): Promise<void> {
    const now = this.clock.now().toISOString();
    const etag = etagOf(await settle(this.source, who, asked, now), route, asked);
    if (isNotModified(http.request.headers['if-none-match'], etag)) {
      stamp(http.response, etag).status(304).end();
      return;
    }
    const body = this.find(etag) ?? (await this.merged(etag, () => this.make(who, route, asked, now, compute)));
    stamp(http.response, body.etag)
      .status(200)
      .setHeader('Content-Type', 'application/json; charset=utf-8')
      .setHeader('Content-Length', body.bytes.length)
      .end(body.bytes);
  }

  /** The question is settled again inside the snapshot, so that the ETag belongs to the very data that the body was made from. */
  private async make(
    who: Principal,
    route: string,
    asked: Asked & Readonly<Record<string, unknown>>,
    now: string,
    compute: Compute,
  ): Promise<Body> {
    const body = await inSnapshot(this.source, async (manager) => {
      const reading = await settle(manager, who, asked, now);
      const made = await compute(manager, reading);
      return {
        etag: etagOf(reading, route, asked),
        bytes: typeof made === 'string' ? Buffer.from(made, 'utf8') : made,
      };
    });
    this.keep(body);
    return body;
  }

  private merged(etag: string, make: () => Promise<Body>): Promise<Body> {
    const running = this.running.get(etag);
    if (running) return running;
    const started = make().finally(() => this.running.delete(etag));
    this.running.set(etag, started);
    return started;
  }

  private find(etag: string): Body | null {
    const bytes = this.stored.get(etag);
    if (!bytes) return null;
    this.stored.delete(etag); // and in again: a Map keeps the order of entry, so the first is the longest unread
    this.stored.set(etag, bytes);
    return { etag, bytes };
  }

  private keep({ etag, bytes }: Body): void {
    if (bytes.length > STORED_BYTES / 4) return;
    this.storedBytes += bytes.length - (this.stored.get(etag)?.length ?? 0);
    this.stored.set(etag, bytes);
    for (const [oldest, old] of this.stored) {
      if (this.storedBytes <= STORED_BYTES) return;
      this.stored.delete(oldest);
      this.storedBytes -= old.length;
    }
  }
}

const etagOf = (reading: Reading, route: string, asked: Asked & Readonly<Record<string, unknown>>): string => {
  const { portfolio: _portfolio, orgUnit: _orgUnit, ...rest } = asked;
  const { portfolioId, unitId } = reading.scope;
  // A unit's descendants follow from the state: moving a unit moves the enterprise's version on.
  const question = canonicalJson({ ...rest, period: reading.period, portfolioId, unitId });
  return etagOver(SHAPE, route, question, reading.visibility, reading.state);
};

const stamp = (response: Response, etag: string): Response => {
  response.setHeader('ETag', etag);
  response.setHeader('Vary', 'Cookie, Authorization');
  return response;
};
