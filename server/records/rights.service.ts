import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { mayLink, whomToAsk, writableAmong } from '../access/rights.js';
import { LAYERS } from '../contract/chain.js';
import type { Declaration } from '../contract/records.js';
import type { Rights } from '../contract/rights.js';
import { RegisterService } from './register.service.js';

/** What a person may do with one record, so that no page offers what the server refuses. */
@Injectable()
export class RightsService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
  ) {}

  /** @throws Problem 404 as reading the record does */
  async of(declaration: Declaration, who: Principal, ref: string): Promise<Rights> {
    const { type } = declaration;
    const { id, archivedAt } = await this.register.read(declaration, who, ref);
    const mayWrite = archivedAt === null && (await writableAmong(this.source, who, type, [id])).has(id);
    const isLayer = archivedAt === null && (LAYERS as readonly string[]).includes(type);
    return {
      mayWrite,
      mayLinkFrom: isLayer && type !== 'benefit' && mayLink(who, type, 'from', mayWrite),
      mayLinkTo: isLayer && type !== 'investment' && mayLink(who, type, 'to', mayWrite),
      ask: isLayer ? ((await whomToAsk(this.source, type, [id])).get(id) ?? null) : null,
    };
  }
}
