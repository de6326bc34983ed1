import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { ENTERPRISE, recordChange } from '../audit/write.js';
import {
  type ChangeThresholds,
  isInRange,
  rangeWords,
  type SignThresholds,
  THRESHOLD_IDS,
  type SignTestId,
  type ThresholdId,
  thresholdRange,
} from '../contract/sign.js';
import { SIGN_TESTS, SIGNS } from '../core/sign-catalogue.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { invalid, type ProblemError } from '../http/problem.js';

/** Decimal text by test; tests without a setting are not in it. */
export type Thresholds = ReadonlyMap<SignTestId, string>;

interface Row {
  test: ThresholdId;
  threshold: string;
  version: number;
}

/** One row is one threshold. */
const THRESHOLDS = 'select test, trim_scale(threshold)::text as threshold, version from sign_thresholds';

/** From where on a test of the signs holds. One set for the enterprise; its version is the sum of its rows' and grows with each change. */
@Injectable()
export class SignThresholdsService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(on: DataSource | EntityManager): Promise<Thresholds> {
    const rows = await named<Row>(on, 'thresholds of signs', THRESHOLDS);
    return new Map(rows.map(({ test, threshold }) => [test, threshold]));
  }

  async read(on: DataSource | EntityManager = this.source): Promise<SignThresholds> {
    const rows = await named<Row>(on, 'thresholds of signs', THRESHOLDS);
    const byTest = new Map(rows.map((row) => [row.test, row]));
    return {
      version: rows.reduce((sum, { version }) => sum + version, 0),
      items: SIGNS.flatMap((sign) =>
        sign.tests.flatMap(({ id, name, rule, unit, standard }) => {
          const test = THRESHOLD_IDS.find((each) => each === id);
          if (test === undefined || standard === null) return [];
          return [
            { test, sign: sign.id, name, rule, unit, threshold: byTest.get(test)?.threshold ?? standard, standard },
          ];
        }),
      ),
    };
  }

  /**
   * @param version what If-Match named
   * @throws Problem 412 with the thresholds as they are, 422 for one with which its test would hold always, or never
   */
  async change(who: Principal, version: number, { items }: ChangeThresholds): Promise<SignThresholds> {
    const wrong = items.flatMap(beyond);
    if (wrong.length > 0) throw invalid(wrong);
    return this.source.transaction(async (manager) => {
      await manager.query('select 1 from sign_thresholds order by test for update');
      const before = await this.read(manager);
      if (before.version !== version) throw stale(before);
      const at = this.clock.now().toISOString();
      await manager.query(
        `update sign_thresholds t set threshold = c.threshold, version = t.version + 1, updated_at = $3
         from unnest($1::text[], $2::numeric[]) as c (test, threshold) where c.test = t.test`,
        [items.map(({ test }) => test), items.map(({ threshold }) => threshold), at],
      );
      const after = await this.read(manager);
      await recordChange(
        manager,
        {
          at,
          actor: who.email,
          action: 'changed',
          objectType: 'sign_thresholds',
          objectId: null,
          objectCode: null,
          before: valuesOf(before),
          after: valuesOf(after),
        },
        [ENTERPRISE],
      );
      return after;
    });
  }
}

const beyond = ({ test, threshold }: ChangeThresholds['items'][number], index: number): ProblemError[] => {
  const { name, unit, rule } = SIGN_TESTS.find(({ id }) => id === test)!;
  const range = thresholdRange({ rule, unit });
  if (isInRange(Number(threshold), range)) return [];
  const words = `${rangeWords(range)}${unit === 'share' ? '; 1 is 100 %' : ''}`;
  return [
    {
      pointer: `/items/${index}/threshold`,
      code: 'number.range',
      message: `${name}: write a number ${words}.`,
    },
  ];
};

const valuesOf = ({ items }: SignThresholds): Record<string, string> =>
  Object.fromEntries(items.map(({ test, threshold }) => [test, threshold]));
