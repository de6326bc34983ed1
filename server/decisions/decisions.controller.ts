import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  decisionBoard,
  decisionLog,
  decisionLogQuery,
  type DecisionLogQuery,
  decisionPage,
  decisionQuery,
  type DecisionQuery,
  decisionRights,
} from '../contract/decision.js';
import * as p from '../contract/primitives.js';
import { rightsKey } from '../access/rights.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { DecisionService } from './decision.service.js';
import { DecisionLogService } from './log.service.js';
import { DecisionRightsService } from './rights.service.js';

@ApiTags('decisions')
@Controller()
export class DecisionsController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly logs: DecisionLogService,
    private readonly rightsOf: DecisionRightsService,
    private readonly decisions: DecisionService,
  ) {}

  /** The log: a page of decisions that pass the filters. */
  @Get('decision-log')
  @Allow('records.read:decision')
  @ReturnsStored(decisionLog)
  async log(
    @Who() who: Principal,
    @Query({ schema: decisionLogQuery }) query: DecisionLogQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'decision-log', query, async (manager, reading) =>
      JSON.stringify(await this.logs.log(manager, reading, query)),
    );
  }

  /** How long decisions took, at what level they were taken, and what is open. */
  @Get('decision-log/board')
  @Allow('records.read:decision')
  @ReturnsStored(decisionBoard)
  async board(
    @Who() who: Principal,
    @Query({ schema: decisionQuery }) query: DecisionQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'decision-log/board', query, async (manager, reading) =>
      JSON.stringify(await this.logs.board(manager, reading)),
    );
  }

  /** Who decides what, as designed beside what happened. */
  @Get('decision-log/rights')
  @Allow('records.read:decision')
  @ReturnsStored(decisionRights)
  async rights(
    @Who() who: Principal,
    @Query({ schema: decisionQuery }) query: DecisionQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'decision-log/rights', query, async (manager, reading) =>
      JSON.stringify(await this.rightsOf.rights(manager, reading)),
    );
  }

  /** One decision with its options, history, and what waits for it. */
  @Get('decisions/:ref/page')
  @Allow('records.read:decision')
  @ReturnsStored(decisionPage)
  async page(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: decisionQuery }) query: DecisionQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const id = await this.decisions.idOf(who, ref);
    // What the reader may write is part of the answer, so of its key, too.
    const route = `decisions/${id}/page?${rightsKey(who)}`;
    await this.bodies.answer({ request, response }, who, route, query, async (manager, reading) =>
      JSON.stringify(await this.decisions.page(manager, reading, who, id)),
    );
  }
}
