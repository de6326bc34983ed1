import { Module } from '@nestjs/common';
import { RecordsModule } from '../records/records.module.js';
import { BenefitValuesController } from './benefit-values.controller.js';
import { BenefitValuesService } from './benefit-values.service.js';
import { ValueWriting } from './value-writing.service.js';

@Module({
  imports: [RecordsModule],
  controllers: [BenefitValuesController],
  providers: [BenefitValuesService, ValueWriting],
  exports: [ValueWriting],
})
export class BenefitsModule {}
