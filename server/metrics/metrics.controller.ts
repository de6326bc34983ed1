import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { metricPage } from '../contract/metric-page.js';
import {
  METRIC_IDS,
  type MetricId,
  metricRecords,
  metricRecordsQuery,
  type MetricRecordsQuery,
  metrics,
  metricsQuery,
  type MetricsQuery,
  scorecardQuery,
  type ScorecardQuery,
} from '../contract/metric.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { MetricsService } from './metrics.service.js';

const metricName = z.enum(METRIC_IDS);

@ApiTags('metrics')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly metrics: MetricsService,
  ) {}

  @Get()
  @Allow('metrics.read')
  @ReturnsStored(metrics)
  async scorecard(
    @Who() who: Principal,
    @Query({ schema: scorecardQuery }) query: ScorecardQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'metrics', query, (manager, reading) =>
      this.metrics.scorecard(manager, reading, who, query.only),
    );
  }

  @Get(':id')
  @Allow('metrics.read')
  @ReturnsStored(metricPage)
  async metric(
    @Who() who: Principal,
    @Param('id', { schema: metricName }) id: MetricId,
    @Query({ schema: metricsQuery }) query: MetricsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, `metrics/${id}`, query, (manager, reading) =>
      this.metrics.metric(manager, reading, who, id, query),
    );
  }

  @Get(':id/records')
  @Allow('metrics.read')
  @ReturnsStored(metricRecords)
  async records(
    @Who() who: Principal,
    @Param('id', { schema: metricName }) id: MetricId,
    @Query({ schema: metricRecordsQuery }) query: MetricRecordsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, `metrics/${id}/records`, query, (manager, reading) =>
      this.metrics.records(manager, reading, who, id, query),
    );
  }
}
