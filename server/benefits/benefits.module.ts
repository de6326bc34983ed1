import { Module } from '@nestjs/common';
import { RecordsModule } from '../records/records.module.js';
import { BenefitValuesController } from './benefit-values.controller.js';
import { BenefitValuesService } from './benefit-values.service.js';
import { DueService } from './due.service.js';
import { ValueWriting } from './value-writing.service.js';
import { PlanVersionsController } from './plan-versions.controller.js';
import { PlanVersionsService } from './plan-versions.service.js';

@Module({
  imports: [RecordsModule],
  controllers: [BenefitValuesController, PlanVersionsController],
  providers: [BenefitValuesService, DueService, PlanVersionsService, ValueWriting],
  exports: [DueService, ValueWriting],
})
export class BenefitsModule {}
