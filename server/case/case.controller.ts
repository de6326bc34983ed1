import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { caseQuery, investmentCase, type CaseQuery } from '../contract/case.js';
import * as p from '../contract/primitives.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { CaseService } from './case.service.js';

@ApiTags('case')
@Controller('investments')
export class CaseController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly cases: CaseService,
  ) {}

  @Get(':ref/case')
  @Allow('chain.read')
  @ReturnsStored(investmentCase)
  async case(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: caseQuery }) query: CaseQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const route = `investments/${JSON.stringify(ref)}/case`;
    await this.bodies.answer({ request, response }, who, route, query, (manager, reading) =>
      this.cases.body(manager, reading, query, ref),
    );
  }
}
