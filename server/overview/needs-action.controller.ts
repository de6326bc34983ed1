import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { needsAction, needsActionQuery, type NeedsActionQuery } from '../contract/action.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { NeedsActionService } from './needs-action.service.js';

@ApiTags('value')
@Controller('value')
export class NeedsActionController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly needs: NeedsActionService,
  ) {}

  /** Benefits that fall short and that nobody acts upon, and the corrective actions of the others. */
  @Get('needs-action')
  @Allow('actions.read')
  @ReturnsStored(needsAction)
  async needsAction(
    @Who() who: Principal,
    @Query({ schema: needsActionQuery }) query: NeedsActionQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'value/needs-action', query, (manager, reading) =>
      this.needs.needsAction(manager, reading, who, query),
    );
  }
}
