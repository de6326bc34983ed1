import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { ChainService } from '../chain/chain.service.js';
import type { EffectOf, EffectQuery, ScenarioEffect } from '../contract/scenario.js';
import type { ScenarioChange } from '../contract/scenario-words.js';
import { inSnapshot } from '../database/snapshot.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { type Reading, settle } from '../http/reading.js';
import { effectBody } from './effect.body.js';
import { effectFacts, type Effect } from './effect.facts.js';

export type { Effect, Source } from './effect.facts.js';
export * as lines from './effect.lines.js';
export { assumptionsOf, monthWords, notesOf } from './effect.words.js';

/** What changes would do to the chain's cost to come and expected value. Reads only. */
@Injectable()
export class EffectService {
  constructor(
    private readonly source: DataSource,
    private readonly chain: ChainService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All that the figures are worked out from, for those who explain them. */
  of(manager: EntityManager, reading: Reading, changes: readonly ScenarioChange[]): Promise<Effect> {
    return effectFacts(this.chain, manager, reading, changes);
  }

  /** The effect of stored changes as JSON. */
  async body(
    manager: EntityManager,
    reading: Reading,
    query: EffectQuery,
    changes: readonly ScenarioChange[],
  ): Promise<string> {
    return JSON.stringify(effectBody(await this.of(manager, reading, changes), query));
  }

  /**
   * The effect of changes that nobody has stored.
   * @throws Problem 404 for a scope that is not there
   */
  async ofUnsaved(who: Principal, { changes, ...query }: EffectOf): Promise<ScenarioEffect> {
    return inSnapshot(this.source, async (manager) => {
      const reading = await settle(manager, who, query, this.clock.now().toISOString());
      return effectBody(await this.of(manager, reading, changes), query);
    });
  }
}
