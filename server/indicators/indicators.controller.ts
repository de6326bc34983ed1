import { Body, Controller, Get, Param, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  changeIndicatorValues,
  type ChangeIndicatorValues,
  indicatorsQuery,
  type IndicatorsQuery,
  indicatorTrends,
  indicatorValues,
  type IndicatorValues,
} from '../contract/indicator.js';
import * as p from '../contract/primitives.js';
import { ComputedBodies } from '../http/computed.js';
import { Returns, ReturnsStored } from '../http/returns.js';
import { IndicatorsService } from './indicators.service.js';
import { IndicatorValuesService } from './indicator-values.service.js';

/** Own indicators over time. The register `indicators` defines them; this has a path of its own, as any code may stand there. */
@ApiTags('indicators')
@Controller('indicator-trends')
export class IndicatorTrendsController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly indicators: IndicatorsService,
  ) {}

  @Get()
  @Allow('records.read:indicator')
  @ReturnsStored(indicatorTrends)
  async list(
    @Who() who: Principal,
    @Query({ schema: indicatorsQuery }) query: IndicatorsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'indicator-trends', query, (manager, reading) =>
      this.indicators.trends(manager, reading),
    );
  }
}

/** Values of an own indicator by month. */
@ApiTags('indicators')
@Controller('indicators/:ref/values')
export class IndicatorValuesController {
  constructor(private readonly values: IndicatorValuesService) {}

  @Get()
  @Allow('records.read:indicator_value')
  @Returns(indicatorValues)
  async read(@Who() who: Principal, @Param('ref', { schema: p.ref }) ref: string): Promise<IndicatorValues> {
    return this.values.read(who, ref);
  }

  @Put()
  @Allow('records.write:indicator_value')
  @Returns(indicatorValues)
  async change(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Body({ schema: changeIndicatorValues }) change: ChangeIndicatorValues,
  ): Promise<IndicatorValues> {
    return this.values.change(who, ref, change);
  }
}
