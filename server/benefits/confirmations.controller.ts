import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { benefitMonth, confirmValue, type BenefitMonth, type ConfirmValue } from '../contract/benefit.js';
import {
  confirmationQuery,
  confirmations,
  judgedValues,
  judgeValues,
  verdicts,
  type ConfirmationQuery,
  type Confirmations,
  type JudgedValues,
  type JudgeValues,
  type Verdicts,
} from '../contract/confirmation.js';
import * as p from '../contract/primitives.js';
import { Returns } from '../http/returns.js';
import { ConfirmationsService } from './confirmations.service.js';

@ApiTags('confirmations')
@Controller()
export class ConfirmationsController {
  constructor(private readonly confirmations: ConfirmationsService) {}

  /** What waits for finance, what it confirmed, what it rejected. */
  @Get('confirmations')
  @Allow('confirmations.read')
  @Returns(confirmations)
  async list(
    @Who() who: Principal,
    @Query({ schema: confirmationQuery }) query: ConfirmationQuery,
  ): Promise<Confirmations> {
    return this.confirmations.list(who, query);
  }

  /** One verdict on many values: all of them or none. */
  @Post('confirmations')
  @HttpCode(200)
  @Allow('benefit_values.confirm')
  @Returns(judgedValues)
  async judge(@Who() who: Principal, @Body({ schema: judgeValues }) given: JudgeValues): Promise<JudgedValues> {
    return this.confirmations.judgeAll(who, given);
  }

  @Get('benefits/:ref/confirmations')
  @Allow('records.read:benefit_value')
  @Returns(verdicts)
  async history(@Who() who: Principal, @Param('ref', { schema: p.ref }) ref: string): Promise<Verdicts> {
    return this.confirmations.history(who, ref);
  }

  @Post('benefits/:ref/values/:month/confirm')
  @Allow('benefit_values.confirm')
  @Returns(benefitMonth)
  async confirm(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Param('month', { schema: p.month }) month: string,
    @Body({ schema: confirmValue }) given: ConfirmValue,
  ): Promise<BenefitMonth> {
    return this.confirmations.judge(who, ref, month, given, 'confirmed');
  }

  @Post('benefits/:ref/values/:month/reject')
  @Allow('benefit_values.confirm')
  @Returns(benefitMonth)
  async reject(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Param('month', { schema: p.month }) month: string,
    @Body({ schema: confirmValue }) given: ConfirmValue,
  ): Promise<BenefitMonth> {
    return this.confirmations.judge(who, ref, month, given, 'rejected');
  }
}
