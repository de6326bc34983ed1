import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  ADDED_FIGURES,
  type AddedFigure,
  type Figure,
  FIGURES,
  trace,
  traceQuery,
  type TraceQuery,
  traceRecords,
  traceRecordsQuery,
  type TraceRecordsQuery,
} from '../contract/trace.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { TraceService } from './trace.service.js';

const figureName = z.enum(FIGURES);
/** Records of a metric are listed at `/metrics/:id/records`: they need not add up to it. */
const addedName = z.enum(ADDED_FIGURES);

@ApiTags('trace')
@Controller('trace/:figure')
export class TraceController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly traces: TraceService,
  ) {}

  @Get()
  @Allow('trace.read')
  @ReturnsStored(trace)
  async trace(
    @Who() who: Principal,
    @Param('figure', { schema: figureName }) figure: Figure,
    @Query({ schema: traceQuery }) query: TraceQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, `trace/${figure}`, query, (manager, reading) =>
      this.traces.trace(manager, reading, who, figure, query),
    );
  }

  @Get('records')
  @Allow('trace.read')
  @ReturnsStored(traceRecords)
  async records(
    @Who() who: Principal,
    @Param('figure', { schema: addedName }) figure: AddedFigure,
    @Query({ schema: traceRecordsQuery }) query: TraceRecordsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, `trace/${figure}/records`, query, (manager, reading) =>
      this.traces.records(manager, reading, who, figure, query),
    );
  }
}
