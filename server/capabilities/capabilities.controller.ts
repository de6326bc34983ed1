import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  addAssessment,
  type AddAssessment,
  addCompetencyCount,
  type AddCompetencyCount,
  assessment,
  type Assessment,
  capabilityMap,
  capabilityMapQuery,
  type CapabilityMapQuery,
  capabilityStrength,
  type CapabilityStrength,
  changeAssessment,
  type ChangeAssessment,
  changeCompetencyCount,
  type ChangeCompetencyCount,
  competencyCount,
  type CompetencyCount,
} from '../contract/capability.js';
import * as p from '../contract/primitives.js';
import { ComputedBodies } from '../http/computed.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { Returns, ReturnsNothing, ReturnsStored } from '../http/returns.js';
import { CapabilityMapService } from './map.service.js';
import { StrengthService } from './strength.service.js';

const IF_MATCH = { name: 'If-Match', required: true, description: 'The version of the record as you read it: "v1".' };

@ApiTags('capabilities')
@Controller()
export class CapabilitiesController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly maps: CapabilityMapService,
    private readonly strength: StrengthService,
  ) {}

  @Get('capability-map')
  @Allow('capabilities.read')
  @ReturnsStored(capabilityMap)
  async map(
    @Who() who: Principal,
    @Query({ schema: capabilityMapQuery }) query: CapabilityMapQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'capability-map', query, (manager, reading) =>
      this.maps.map(manager, reading, query),
    );
  }

  /** Its assessments, and the people that it needs and has. */
  @Get('capabilities/:ref/strength')
  @Allow('capabilities.read')
  @Returns(capabilityStrength)
  async read(@Who() who: Principal, @Param('ref', { schema: p.ref }) ref: string): Promise<CapabilityStrength> {
    return this.strength.read(who, ref);
  }

  @Post('capabilities/:ref/assessments')
  @Allow('records.write:maturity_assessment')
  @Returns(assessment, 201)
  async assess(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Body({ schema: addAssessment }) given: AddAssessment,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Assessment> {
    return stamped(response, await this.strength.assess(who, ref, given));
  }

  @Patch('capabilities/:ref/assessments/:id')
  @Allow('records.write:maturity_assessment')
  @ApiHeader(IF_MATCH)
  @Returns(assessment)
  async reassess(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Param('id', { schema: p.ref }) id: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: changeAssessment }) given: ChangeAssessment,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Assessment> {
    return stamped(response, await this.strength.reassess(who, ref, id, matchedVersion(match), given));
  }

  @Delete('capabilities/:ref/assessments/:id')
  @Allow('records.write:maturity_assessment')
  @ApiHeader(IF_MATCH)
  @ReturnsNothing()
  async withdraw(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Param('id', { schema: p.ref }) id: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.strength.withdraw(who, ref, id, matchedVersion(match));
  }

  @Post('capabilities/:ref/competencies')
  @Allow('records.write:competency')
  @Returns(competencyCount, 201)
  async count(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Body({ schema: addCompetencyCount }) given: AddCompetencyCount,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CompetencyCount> {
    return stamped(response, await this.strength.count(who, ref, given));
  }

  @Patch('capabilities/:ref/competencies/:id')
  @Allow('records.write:competency')
  @ApiHeader(IF_MATCH)
  @Returns(competencyCount)
  async recount(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Param('id', { schema: p.ref }) id: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: changeCompetencyCount }) given: ChangeCompetencyCount,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CompetencyCount> {
    return stamped(response, await this.strength.recount(who, ref, id, matchedVersion(match), given));
  }

  @Delete('capabilities/:ref/competencies/:id')
  @Allow('records.write:competency')
  @ApiHeader(IF_MATCH)
  @ReturnsNothing()
  async discount(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Param('id', { schema: p.ref }) id: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.strength.discount(who, ref, id, matchedVersion(match));
  }
}

const stamped = <Fact extends { version: number }>(response: Response, fact: Fact): Fact => {
  response.setHeader('ETag', etagOf(fact.version));
  return fact;
};
