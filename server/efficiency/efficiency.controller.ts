import { Body, Controller, Delete, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { rightsKey } from '../access/rights.js';
import {
  duplicateVerdict,
  type DuplicateVerdict,
  efficiencyLists,
  efficiencyQuery,
  type EfficiencyQuery,
  judgeDuplicate,
  type JudgeDuplicate,
} from '../contract/efficiency.js';
import { ComputedBodies } from '../http/computed.js';
import { Returns, ReturnsNothing, ReturnsStored } from '../http/returns.js';
import { DuplicatesService } from './duplicates.service.js';
import { EfficiencyService } from './efficiency.service.js';

const id = z.uuid('Name the verdict by its id.');

@ApiTags('efficiency')
@Controller()
export class EfficiencyController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly efficiency: EfficiencyService,
    private readonly duplicates: DuplicatesService,
  ) {}

  @Get('efficiency')
  @Allow('efficiency.read')
  @ReturnsStored(efficiencyLists)
  async lists(
    @Who() who: Principal,
    @Query({ schema: efficiencyQuery }) query: EfficiencyQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    // It says what the reader may mark: readers of different rights read different bodies.
    await this.bodies.answer({ request, response }, who, `efficiency ${rightsKey(who)}`, query, (manager, reading) =>
      this.efficiency.lists(manager, reading, who, query),
    );
  }

  /** Says whether two initiatives do the same. */
  @Post('duplicate-verdicts')
  @Allow('records.write:initiative')
  @Returns(duplicateVerdict, 201)
  async judge(
    @Who() who: Principal,
    @Body({ schema: judgeDuplicate }) given: JudgeDuplicate,
  ): Promise<DuplicateVerdict> {
    return this.duplicates.judge(who, given);
  }

  /** Lets a pair be judged again. */
  @Delete('duplicate-verdicts/:id')
  @Allow('records.write:initiative')
  @ReturnsNothing()
  async reopen(@Who() who: Principal, @Param('id', { schema: id }) verdict: string): Promise<void> {
    await this.duplicates.reopen(who, verdict);
  }
}
