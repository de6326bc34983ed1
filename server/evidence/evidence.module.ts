import { Module } from '@nestjs/common';
import { DueService } from '../benefits/due.service.js';
import { RecordsModule } from '../records/records.module.js';
import { EvidenceController } from './evidence.controller.js';
import { EvidenceService } from './evidence.service.js';

@Module({
  imports: [RecordsModule],
  controllers: [EvidenceController],
  providers: [EvidenceService, DueService],
})
export class EvidenceModule {}
