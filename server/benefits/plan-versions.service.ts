import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../access/principal.js';
import type { PlanVersions } from '../contract/plan.js';
import { benefit } from '../contract/records.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { RegisterService } from '../records/register.service.js';
import { planVersionsOf } from './plan-versions.js';

/** What was planned of a benefit, when, by whom and why. */
@Injectable()
export class PlanVersionsService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 for a benefit that is not there or out of sight */
  async read(principal: Principal, ref: string): Promise<PlanVersions> {
    const owner = await this.register.read(benefit, principal, ref);
    const { currency, unit, items } = await planVersionsOf(this.source, owner.id, this.clock.now().toISOString());
    return { benefitCode: String(owner['code']), currency, unit, items };
  }
}
