import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  flow,
  flowItems,
  flowItemsQuery,
  flowQuery,
  itemMoves,
  stagesInUse,
  type FlowItemsQuery,
  type FlowQuery,
  type StagesInUse,
} from '../contract/flow.js';
import * as p from '../contract/primitives.js';
import { workItem } from '../contract/records.js';
import { periodInstants } from '../core/period.js';
import { ComputedBodies } from '../http/computed.js';
import type { Reading } from '../http/reading.js';
import { ReturnsStored } from '../http/returns.js';
import { RegisterService } from '../records/register.service.js';
import { FlowService } from './flow.service.js';
import { readMoves, readStagesInUse } from './moves.queries.js';

@ApiTags('flow')
@Controller('flow')
export class FlowController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly flow: FlowService,
  ) {}

  @Get()
  @Allow('flow.read')
  @ReturnsStored(flow)
  async read(
    @Who() who: Principal,
    @Query({ schema: flowQuery }) query: FlowQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'flow', query, (manager, reading) =>
      this.flow.flow(manager, reading, query),
    );
  }

  @Get('items')
  @Allow('flow.read')
  @ReturnsStored(flowItems)
  async items(
    @Who() who: Principal,
    @Query({ schema: flowItemsQuery }) query: FlowItemsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'flow/items', query, (manager, reading) =>
      this.flow.list(manager, reading, query),
    );
  }
}

/** Asked of no other quarter, this is where the one under way ends. */
const endOf = ({ period, startMonth, timeZone }: Reading): string => periodInstants(period, startMonth, timeZone).end;

@ApiTags('flow')
@Controller('flow/stages')
export class StagesInUseController {
  constructor(private readonly bodies: ComputedBodies) {}

  @Get()
  @Allow('records.read:stage')
  @ReturnsStored(stagesInUse)
  async read(@Who() who: Principal, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'flow/stages', {}, async (manager, reading) =>
      JSON.stringify({ items: await readStagesInUse(manager, endOf(reading)) } satisfies StagesInUse),
    );
  }
}

@ApiTags('flow')
@Controller('work-items/:ref/moves')
export class ItemMovesController {
  constructor(
    private readonly register: RegisterService,
    private readonly bodies: ComputedBodies,
  ) {}

  @Get()
  @Allow('records.read:work_item')
  @ReturnsStored(itemMoves)
  async read(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { id } = await this.register.read(workItem, who, ref);
    await this.bodies.answer({ request, response }, who, `work-items/${id}/moves`, {}, async (manager, reading) =>
      JSON.stringify(await readMoves(manager, id, { timeZone: reading.timeZone, until: endOf(reading) })),
    );
  }
}
