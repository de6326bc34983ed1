import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import * as p from '../contract/primitives.js';
import {
  changeScenario,
  type ChangeScenario,
  createScenario,
  type CreateScenario,
  effectOf,
  type EffectOf,
  effectQuery,
  type EffectQuery,
  scenario,
  type Scenario,
  scenarioEffect,
  type ScenarioEffect,
  scenarios,
  type Scenarios,
  scenariosQuery,
  type ScenariosQuery,
} from '../contract/scenario.js';
import { ComputedBodies } from '../http/computed.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { Returns, ReturnsNothing, ReturnsStored } from '../http/returns.js';
import { EffectService } from './effect.service.js';
import { ScenariosService } from './scenarios.service.js';

@ApiTags('scenarios')
@Controller('scenarios')
export class ScenariosController {
  constructor(
    private readonly scenarios: ScenariosService,
    private readonly effects: EffectService,
    private readonly bodies: ComputedBodies,
  ) {}

  /** One's own scenarios, and those that others share. */
  @Get()
  @Allow('scenarios.read')
  @Returns(scenarios)
  async list(@Who() who: Principal, @Query({ schema: scenariosQuery }) query: ScenariosQuery): Promise<Scenarios> {
    return this.scenarios.list(who, query);
  }

  /** What changes would do that nobody has stored; nothing is. */
  @Post('effect')
  @HttpCode(200)
  @Allow('scenarios.read')
  @Returns(scenarioEffect)
  async effectOf(@Who() who: Principal, @Body({ schema: effectOf }) asked: EffectOf): Promise<ScenarioEffect> {
    return this.effects.ofUnsaved(who, asked);
  }

  @Post()
  @Allow('scenarios.write')
  @Returns(scenario, 201)
  async create(
    @Who() who: Principal,
    @Body({ schema: createScenario }) given: CreateScenario,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Scenario> {
    const made = await this.scenarios.create(who, given);
    response.setHeader('Location', `/api/v1/scenarios/${made.id}`);
    response.setHeader('ETag', etagOf(made.version));
    return made;
  }

  @Get(':id')
  @Allow('scenarios.read')
  @Returns(scenario)
  async read(
    @Who() who: Principal,
    @Param('id', { schema: p.ref }) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Scenario> {
    const found = await this.scenarios.read(who, id);
    response.setHeader('ETag', etagOf(found.version));
    return found;
  }

  /** What the scenario would do. The answer is kept by its version, beside that of the data. */
  @Get(':id/effect')
  @Allow('scenarios.read')
  @ReturnsStored(scenarioEffect)
  async effect(
    @Who() who: Principal,
    @Param('id', { schema: p.ref }) id: string,
    @Query({ schema: effectQuery }) query: EffectQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { version, changes } = await this.scenarios.read(who, id);
    const route = `scenarios/${id.toLowerCase()}/v${version}/effect`;
    await this.bodies.answer({ request, response }, who, route, query, (manager, reading) =>
      this.effects.body(manager, reading, query, changes),
    );
  }

  @Patch(':id')
  @Allow('scenarios.write')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the scenario as you read it.' })
  @Returns(scenario)
  async change(
    @Who() who: Principal,
    @Param('id', { schema: p.ref }) id: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: changeScenario }) given: ChangeScenario,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Scenario> {
    const changed = await this.scenarios.change(who, id, matchedVersion(match), given);
    response.setHeader('ETag', etagOf(changed.version));
    return changed;
  }

  @Delete(':id')
  @Allow('scenarios.write')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the scenario as you read it.' })
  @ReturnsNothing()
  async archive(
    @Who() who: Principal,
    @Param('id', { schema: p.ref }) id: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.scenarios.archive(who, id, matchedVersion(match));
  }
}
