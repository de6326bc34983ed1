import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { value, valueQuery, type ValueQuery } from '../contract/benefit.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { ValueService } from './value.service.js';

@ApiTags('value')
@Controller('value')
export class ValueController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly values: ValueService,
  ) {}

  @Get()
  @Allow('value.read')
  @ReturnsStored(value)
  async value(
    @Who() who: Principal,
    @Query({ schema: valueQuery }) query: ValueQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'value', query, (manager, reading) =>
      this.values.value(manager, reading),
    );
  }
}
