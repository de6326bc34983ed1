import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  benefitMonth,
  benefitMonths,
  changeBenefitValues,
  confirmValue,
  type BenefitMonth,
  type BenefitMonths,
  type ChangeBenefitValues,
  type ConfirmValue,
} from '../contract/benefit.js';
import * as p from '../contract/primitives.js';
import { Returns } from '../http/returns.js';
import { BenefitValuesService } from './benefit-values.service.js';

@ApiTags('benefits')
@Controller('benefits/:ref/values')
export class BenefitValuesController {
  constructor(private readonly values: BenefitValuesService) {}

  @Get()
  @Allow('records.read:benefit_value')
  @Returns(benefitMonths)
  async read(@Who() who: Principal, @Param('ref', { schema: p.ref }) ref: string): Promise<BenefitMonths> {
    return this.values.read(who, ref);
  }

  @Put()
  @Allow('records.write:benefit_value')
  @Returns(benefitMonths)
  async change(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Body({ schema: changeBenefitValues }) change: ChangeBenefitValues,
  ): Promise<BenefitMonths> {
    return this.values.change(who, ref, change);
  }

  @Post(':month/confirm')
  @Allow('benefit_values.confirm')
  @Returns(benefitMonth)
  async confirm(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Param('month', { schema: p.month }) month: string,
    @Body({ schema: confirmValue }) given: ConfirmValue,
  ): Promise<BenefitMonth> {
    return this.values.confirm(who, ref, month, given);
  }

  @Post(':month/reject')
  @Allow('benefit_values.confirm')
  @Returns(benefitMonth)
  async reject(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Param('month', { schema: p.month }) month: string,
    @Body({ schema: confirmValue }) given: ConfirmValue,
  ): Promise<BenefitMonth> {
    return this.values.reject(who, ref, month, given);
  }
}
