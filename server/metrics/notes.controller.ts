import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { METRIC_IDS, type MetricId } from '../contract/metric.js';
import {
  addAnnotation,
  type AddAnnotation,
  annotation,
  type Annotation,
  changeAnnotation,
  type ChangeAnnotation,
  metricNotes,
  type MetricNotes,
  metricOwner,
  type MetricOwner,
  setMetricOwner,
  type SetMetricOwner,
} from '../contract/metric-notes.js';
import { id as idSchema } from '../contract/primitives.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { Returns, ReturnsNothing } from '../http/returns.js';
import { MetricNotesService } from './notes.service.js';

const metricName = z.enum(METRIC_IDS);

/** What people say of a metric. */
@ApiTags('metrics')
@Controller('metrics/:id')
export class MetricNotesController {
  constructor(private readonly notes: MetricNotesService) {}

  @Get('notes')
  @Allow('metrics.read')
  @Returns(metricNotes)
  async read(@Who() who: Principal, @Param('id', { schema: metricName }) id: MetricId): Promise<MetricNotes> {
    return this.notes.of(who, id);
  }

  @Put('owner')
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The version of the owner as you read it: `"v0"` where there was none.',
  })
  @Allow('metrics.rule')
  @Returns(metricOwner)
  async owner(
    @Who() who: Principal,
    @Param('id', { schema: metricName }) id: MetricId,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: setMetricOwner }) { owner }: SetMetricOwner,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MetricOwner> {
    const made = await this.notes.nameOwner(who, id, matchedVersion(match), owner);
    response.setHeader('ETag', etagOf(made.version));
    return made;
  }

  @Post('annotations')
  @Allow('metrics.annotate')
  @Returns(annotation, 201)
  async add(
    @Who() who: Principal,
    @Param('id', { schema: metricName }) id: MetricId,
    @Body({ schema: addAnnotation }) given: AddAnnotation,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Annotation> {
    const made = await this.notes.add(who, id, given);
    response.setHeader('ETag', etagOf(made.version));
    response.setHeader('Location', `/api/v1/metrics/${id}/annotations/${made.id}`);
    return made;
  }

  @Patch('annotations/:annotation')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the annotation as you read it.' })
  @Allow('metrics.annotate')
  @Returns(annotation)
  async change(
    @Who() who: Principal,
    @Param('id', { schema: metricName }) id: MetricId,
    @Param('annotation', { schema: idSchema }) which: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: changeAnnotation }) given: ChangeAnnotation,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Annotation> {
    const made = await this.notes.change(who, id, which, matchedVersion(match), given);
    response.setHeader('ETag', etagOf(made.version));
    return made;
  }

  @Delete('annotations/:annotation')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the annotation as you read it.' })
  @Allow('metrics.annotate')
  @ReturnsNothing()
  async withdraw(
    @Who() who: Principal,
    @Param('id', { schema: metricName }) id: MetricId,
    @Param('annotation', { schema: idSchema }) which: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.notes.withdraw(who, id, which, matchedVersion(match));
  }
}
