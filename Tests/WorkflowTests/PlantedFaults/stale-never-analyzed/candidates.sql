ANALYZE survey.answers;
