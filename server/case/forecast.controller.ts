import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { calibratedForecast, forecastQuery, type ForecastQuery } from '../contract/case.js';
import * as p from '../contract/primitives.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { ForecastService } from './forecast.service.js';

@ApiTags('case')
@Controller('benefits')
export class ForecastController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly forecasts: ForecastService,
  ) {}

  @Get(':ref/forecast')
  @Allow('value.read')
  @ReturnsStored(calibratedForecast)
  async forecast(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: forecastQuery }) query: ForecastQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const route = `benefits/${JSON.stringify(ref)}/forecast`;
    await this.bodies.answer({ request, response }, who, route, query, (manager, reading) =>
      this.forecasts.body(manager, reading, ref),
    );
  }
}
