import { Body, Controller, Delete, Headers, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import * as p from '../contract/primitives.js';
import {
  changeSurveyAction,
  type ChangeSurveyAction,
  createSurveyAction,
  type CreateSurveyAction,
  surveyAction,
  type SurveyAction,
} from '../contract/survey.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { Returns, ReturnsNothing } from '../http/returns.js';
import { SurveyActionsService } from './actions.service.js';

/** What is done about what people said. */
@ApiTags('surveys')
@Controller('survey-actions')
export class SurveyActionsController {
  constructor(private readonly actions: SurveyActionsService) {}

  @Post()
  @Allow('surveys.manage')
  @Returns(surveyAction, 201)
  async create(
    @Who() who: Principal,
    @Body({ schema: createSurveyAction }) given: CreateSurveyAction,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SurveyAction> {
    const made = await this.actions.create(who, given);
    response.setHeader('ETag', etagOf(made.version));
    return made;
  }

  @Patch(':id')
  @Allow('surveys.manage')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the action as you read it.' })
  @Returns(surveyAction)
  async change(
    @Who() who: Principal,
    @Param('id', { schema: p.ref }) id: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: changeSurveyAction }) given: ChangeSurveyAction,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SurveyAction> {
    const changed = await this.actions.change(who, id, matchedVersion(match), given);
    response.setHeader('ETag', etagOf(changed.version));
    return changed;
  }

  @Delete(':id')
  @Allow('surveys.manage')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the action as you read it.' })
  @ReturnsNothing()
  async withdraw(
    @Who() who: Principal,
    @Param('id', { schema: p.ref }) id: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.actions.withdraw(who, id, matchedVersion(match));
  }
}
