import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Allow, Public, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import type { Config } from '../config.js';
import * as p from '../contract/primitives.js';
import { stakeholders, stakeholdersQuery, type StakeholdersQuery } from '../contract/stakeholder.js';
import {
  answerSurvey,
  type AnswerSurvey,
  changeSurveyRound,
  type ChangeSurveyRound,
  createSurveyRound,
  type CreateSurveyRound,
  inviteToSurvey,
  type InviteToSurvey,
  openSurvey,
  type OpenSurvey,
  surveyAnswered,
  type SurveyAnswered,
  surveyForm,
  type SurveyForm,
  surveyInvited,
  type SurveyInvited,
  surveyRound,
  type SurveyRound,
  surveyRounds,
  type SurveyRounds,
  surveyWithdrawn,
  type SurveyWithdrawn,
  withdrawFromSurvey,
  type WithdrawFromSurvey,
} from '../contract/survey.js';
import { ComputedBodies } from '../http/computed.js';
import { CONFIG } from '../http/config.token.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { AnswerNotKept } from '../http/idempotency.interceptor.js';
import { networkOf } from '../http/link-cookie.js';
import { Returns, ReturnsNothing, ReturnsStored } from '../http/returns.js';
import { AnswersService } from './answers.service.js';
import { InvitationsService } from './invitations.service.js';
import { RoundsService } from './rounds.service.js';
import { StakeholdersService } from './stakeholders.service.js';
import { SURVEY_COOKIE } from './survey-cookie.js';

const nothing = z.strictObject({});

@ApiTags('surveys')
@Controller()
export class SurveysController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly page: StakeholdersService,
    private readonly rounds: RoundsService,
    private readonly invitations: InvitationsService,
    private readonly answers: AnswersService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What the business said of IT, by area, and what was done about it. */
  @Get('stakeholders')
  @Allow('stakeholders.read')
  @ReturnsStored(stakeholders)
  async stakeholders(
    @Who() who: Principal,
    @Query({ schema: stakeholdersQuery }) query: StakeholdersQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    // Comments are for few.
    const route = `stakeholders/${who.grants
      .map(({ role }) => role)
      .sort()
      .join(',')}`;
    await this.bodies.answer({ request, response }, who, route, query, (manager, reading) =>
      this.page.body(manager, reading, who),
    );
  }

  @Get('survey-rounds')
  @Allow('surveys.manage')
  @Returns(surveyRounds)
  async list(): Promise<SurveyRounds> {
    return this.rounds.list();
  }

  @Post('survey-rounds')
  @Allow('surveys.manage')
  @Returns(surveyRound, 201)
  async create(
    @Who() who: Principal,
    @Body({ schema: createSurveyRound }) given: CreateSurveyRound,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SurveyRound> {
    const made = await this.rounds.create(who, given);
    response.setHeader('ETag', etagOf(made.version));
    return made;
  }

  /** Of a draft anything; of an open round why people are asked, whom they may ask, and the last day. */
  @Patch('survey-rounds/:ref')
  @Allow('surveys.manage')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the round as you read it.' })
  @Returns(surveyRound)
  async change(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: changeSurveyRound }) given: ChangeSurveyRound,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SurveyRound> {
    const changed = await this.rounds.change(who, ref, matchedVersion(match), given);
    response.setHeader('ETag', etagOf(changed.version));
    return changed;
  }

  /** Takes a draft away; an administrator also a closed round, whose answers go into the archive. */
  @Delete('survey-rounds/:ref')
  @Allow('surveys.manage')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the round as you read it.' })
  @ReturnsNothing()
  async remove(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.rounds.remove(who, ref, matchedVersion(match));
  }

  @Post('survey-rounds/:ref/open')
  @HttpCode(200)
  @Allow('surveys.manage')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the round as you read it.' })
  @Returns(surveyRound)
  async open(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: nothing }) _given: object,
  ): Promise<SurveyRound> {
    return this.rounds.open(who, ref, matchedVersion(match));
  }

  /** Its answers count from now on; it is never opened again. */
  @Post('survey-rounds/:ref/close')
  @HttpCode(200)
  @Allow('surveys.manage')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the round as you read it.' })
  @Returns(surveyRound)
  async close(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: nothing }) _given: object,
  ): Promise<SurveyRound> {
    return this.rounds.close(who, ref, matchedVersion(match));
  }

  /** Links are in the answer and nowhere else. */
  @Post('survey-rounds/:ref/invitations')
  @Allow('surveys.manage')
  @AnswerNotKept()
  @Returns(surveyInvited, 201)
  async invite(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Body({ schema: inviteToSurvey }) given: InviteToSurvey,
  ): Promise<SurveyInvited> {
    return this.invitations.invite(who, ref, given);
  }

  /** A mail with a new link to everybody who was sent one and not taken back, answered or not; once a day. */
  @Post('survey-rounds/:ref/reminders')
  @HttpCode(200)
  @Allow('surveys.manage')
  @Returns(surveyInvited)
  async remind(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Body({ schema: nothing }) _given: object,
  ): Promise<SurveyInvited> {
    return this.invitations.remind(who, ref);
  }

  /** Sends again what the mail server did not take. */
  @Post('survey-rounds/:ref/retries')
  @HttpCode(200)
  @Allow('surveys.manage')
  @Returns(surveyRound)
  async retry(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Body({ schema: nothing }) _given: object,
  ): Promise<SurveyRound> {
    return this.invitations.retry(who, ref);
  }

  /** Takes back invitations by address, answered or not, and links handed out that were not used. Who was sent a mail still counts as asked. */
  @Post('survey-rounds/:ref/withdrawals')
  @HttpCode(200)
  @Allow('surveys.manage')
  @AnswerNotKept()
  @Returns(surveyWithdrawn)
  async withdraw(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Body({ schema: withdrawFromSurvey }) given: WithdrawFromSurvey,
  ): Promise<SurveyWithdrawn> {
    return this.invitations.withdraw(who, ref, given);
  }

  /** Exchanges the token of a link for a cookie, so that it need not stay in the address; without one, reads the survey of the cookie. */
  @Post('survey-session')
  @HttpCode(200)
  @Public()
  @Returns(surveyForm)
  async openSurvey(
    @Req() request: Request,
    @Body({ schema: openSurvey }) { token }: OpenSurvey,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SurveyForm> {
    const secret = token ?? SURVEY_COOKIE.tokenOf(request, this.config.publicUrl);
    const form = await this.answers.form(secret, networkOf(request));
    SURVEY_COOKIE.remember(response, this.config.publicUrl, secret!);
    return form;
  }

  @Post('survey-answers')
  @Public()
  @Returns(surveyAnswered, 201)
  async answer(
    @Req() request: Request,
    @Body({ schema: answerSurvey }) given: AnswerSurvey,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SurveyAnswered> {
    const secret = SURVEY_COOKIE.tokenOf(request, this.config.publicUrl);
    const answered = await this.answers.answer(secret, networkOf(request), given);
    SURVEY_COOKIE.forget(response, this.config.publicUrl);
    return answered;
  }
}
