import { Body, Controller, Get, Headers, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
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
import { matchedVersion } from '../http/etag.js';
import { Returns, ReturnsNothing, ReturnsStored } from '../http/returns.js';
import { IndicatorDropService } from './indicator-drop.service.js';
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

/** An own indicator that is measured no more. */
@ApiTags('indicators')
@Controller('indicators/:ref/drop')
export class IndicatorDropController {
  constructor(private readonly dropped: IndicatorDropService) {}

  /** Whoever writes indicators writes their months and targets: `access/policy.ts`. */
  @Post()
  @Allow('records.write:indicator')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the indicator as you read it.' })
  @ReturnsNothing()
  async drop(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.dropped.drop(who, ref, matchedVersion(match));
  }
}
