"""Models in Dockerfiles, and what only looks like one there."""

import pytest
from finding import told

from osaid_audit.scan.finders import dockerfile

DOCKER = {
    "FROM vllm/vllm-openai:latest\nENV MODEL_ID=acme/kiwi": ["2 acme/kiwi"],
    "FROM acme/model AS base\nCOPY --from=acme/model /a /b\nLABEL model=acme/kiwi": [],
    "ARG MODEL=acme/kiwi\nRUN hf download ${MODEL} --revision v1": ["1 acme/kiwi@v1"],
    "ARG MODEL\nRUN hf download $MODEL": ["2 ~variable"],
    "ENV A=1 \\\n    # MODEL=acme/no\n    MODEL_ID=acme/kiwi": ["3 acme/kiwi"],
    "ENV HF_MODEL_ID acme/kiwi": ["1 acme/kiwi"],
    "RUN --mount=type=cache,target=/cache/model \\\n  hf download acme/kiwi \\\n  && hf download acme/plum": [
        "2 acme/kiwi",
        "3 acme/plum",
    ],
    "RUN pip install x \\\n  # hf download acme/no\n  && hf download acme/kiwi": ["3 acme/kiwi"],
    "RUN <<EOF\nhf download acme/kiwi\nEOF\nRUN hf download acme/plum": ["2 acme/kiwi", "4 acme/plum"],
    "COPY <<EOF /x\nhf download acme/no\nEOF\nRUN hf download acme/plum": ["4 acme/plum"],
    'RUN ["hf", "download", "acme/kiwi"]': ["1 acme/kiwi"],
    'RUN ["hf", "download", "acme\\/kiwi"]': ["1 acme/kiwi"],
    'RUN ["hf", "download", "acme\\xkiwi"]': [],
    'CMD ["vllm", "serve", \\\n "acme/kiwi"]': ["2 acme/kiwi"],
    'ENTRYPOINT ["vllm", "serve"]\nCMD ["acme/kiwi", "--port", "80"]': ["2 acme/kiwi"],
    "CMD vllm serve acme/kiwi": ["1 acme/kiwi"],
    "CMD python -m vllm --model ${MODEL:-acme/kiwi}": ["1 acme/kiwi"],
    "ADD https://huggingface.co/acme/kiwi/resolve/v1/model.bin /x": ["1 acme/kiwi@v1"],
    "ADD --chown=1 https://huggingface.co/acme/kiwi.git /x": ["1 acme/kiwi"],
    "ADD https://example.org/acme/kiwi/resolve/v1/model.bin /x": [],
    "COPY models/kiwi /models/kiwi": [],
    "FROM python:3\nRUN python -c \"from transformers import AutoModel; AutoModel.from_pretrained('acme/kiwi')\"": [  # noqa: E501
        "2 acme/kiwi"
    ],
    "RUN python3 <<EOF\nfrom transformers import AutoModel\nAutoModel.from_pretrained('acme/kiwi')\nEOF\nRUN hf download acme/plum": [  # noqa: E501
        "3 acme/kiwi",
        "5 acme/plum",
    ],
    'CMD ["python", "-c", "from transformers import pipeline; pipeline(model=\'acme/kiwi\')"]': [
        "1 acme/kiwi"
    ],
    "# RUN hf download acme/kiwi\nWORKDIR /model\nUSER acme/model": [],
    "HEALTHCHECK --interval=5s CMD curl http://localhost/model || exit 1": [],
    "ONBUILD RUN hf download acme/kiwi": ["1 acme/kiwi"],
    "FROM scratch\nRUN echo 'hf download acme/kiwi'": [],
}


@pytest.mark.parametrize("text", DOCKER)
def test_a_dockerfile(text):
    assert told(dockerfile.find(text)) == DOCKER[text]
