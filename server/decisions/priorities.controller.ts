import { Body, Controller, Get, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import * as p from '../contract/primitives.js';
import {
  priorityOrder,
  type PriorityOrder,
  priorityOrderQuery,
  type PriorityOrderQuery,
  savePriorityOrder,
  type SavePriorityOrder,
} from '../contract/priority.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { settle } from '../http/reading.js';
import { Returns } from '../http/returns.js';
import { PrioritiesService } from './priorities.service.js';

@ApiTags('priorities')
@Controller('priority-order')
export class PrioritiesController {
  constructor(
    private readonly source: DataSource,
    private readonly priorities: PrioritiesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The ranking of a quarter beside the latest one before, and the ranks of two years. */
  @Get()
  @Allow('records.read:priority_ranking')
  @Returns(priorityOrder)
  async order(
    @Who() who: Principal,
    @Query({ schema: priorityOrderQuery }) query: PriorityOrderQuery,
  ): Promise<PriorityOrder> {
    const { period } = await settle(this.source, who, query, this.clock.now().toISOString());
    return this.priorities.order(this.source, who, period);
  }

  /** Saves the ranking as a whole; a rank that differs from the ranking before, or from what is stored, says why. */
  @Put(':period')
  @Allow('records.write:priority_ranking')
  @Returns(priorityOrder)
  async save(
    @Who() who: Principal,
    @Param('period', { schema: p.period }) period: string,
    @Body({ schema: savePriorityOrder }) body: SavePriorityOrder,
  ): Promise<PriorityOrder> {
    return this.priorities.save(who, period, body);
  }
}
